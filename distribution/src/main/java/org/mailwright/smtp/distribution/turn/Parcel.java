package org.mailwright.smtp.distribution.turn;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;

/** One mail on its way over a connection whose roles have changed. */
record Parcel(OutgoingMail mail, BooleanSupplier wanted, CompletableFuture<MailResult> result) implements MailJob {

    @Override
    public boolean cancelled() {
        return result.isCancelled() || !wanted.getAsBoolean();
    }

    @Override
    public void done(MailResult known) {
        result.complete(known);
    }
}
