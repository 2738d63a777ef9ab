package org.mailwright.smtp.gateway.bsmtp;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.reply.Reply;

/**
 * What became of one mail of a batch.
 *
 * @param id of the mail at this server, when its content came to be read
 * @param sender what the batch says behind MAIL, such as {@code FROM:<a@example.org>}
 * @param recipients one for each RCPT, in their order
 * @param reply what was said last of the mail as a whole: of MAIL when that was refused, else of DATA or the content
 * @since 0.1.0
 */
public record BatchMail(Optional<String> id, String sender, List<Addressee> recipients, Reply reply) {

    /** Copies the list. */
    public BatchMail {
        recipients = List.copyOf(recipients);
    }

    /**
     * One recipient.
     *
     * @param path what the batch says behind RCPT, such as {@code TO:<b@example.org>}
     * @param reply positive when the server answers for the mail to this one
     */
    public record Addressee(String path, Reply reply) {}

    /** Tells whether the server answers for the mail to every recipient. */
    public boolean isAccepted() {
        return !recipients.isEmpty()
                && recipients.stream().allMatch(one -> one.reply().isPositive());
    }
}
