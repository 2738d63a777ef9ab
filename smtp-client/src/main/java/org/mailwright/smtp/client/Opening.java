package org.mailwright.smtp.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.mailwright.smtp.core.mail.Outcome;

/**
 * A connection to a server that is being made ready for mails; see {@link SmtpClient#open}. Neither part ever completes
 * exceptionally. What depends on them runs on the thread of the connection, and must not block.
 *
 * @param reached completes when the server has answered that it takes the connection, or when {@code ready} does
 * @param ready completes with nothing when mails can be sent at once, else with what a mail would have got
 * @since 0.1.0
 */
public record Opening(CompletableFuture<Boolean> reached, CompletableFuture<Optional<Outcome>> ready) {

    static Opening begin() {
        return new Opening(new CompletableFuture<>(), new CompletableFuture<>());
    }

    static Opening ended(Optional<Outcome> failure) {
        Opening opening = begin();
        opening.end(failure);
        return opening;
    }

    void reach() {
        reached.complete(true);
    }

    void end(Optional<Outcome> failure) {
        reached.complete(failure.isEmpty());
        ready.complete(failure);
    }
}
