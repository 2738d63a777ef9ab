package org.mailwright.smtp.core.mail;

import java.util.List;

/**
 * What became of one mail: an outcome for each recipient.
 *
 * @param recipients in the order of the mail
 * @since 0.1.0
 */
public record MailResult(List<RecipientResult> recipients) {

    /** Copies the list. */
    public MailResult {
        recipients = List.copyOf(recipients);
    }

    /** Returns the same outcome for every recipient of a mail. */
    public static MailResult all(OutgoingMail mail, Outcome outcome) {
        return new MailResult(mail.recipients().stream()
                .map(recipient -> new RecipientResult(recipient, outcome))
                .toList());
    }

    /** Tells whether the peer took the mail for every recipient. */
    public boolean isAccepted() {
        return recipients.stream().allMatch(one -> one.outcome().isAccepted());
    }

    /** Tells whether it was certain that the peer took the mail for nobody, because the connection failed. */
    public boolean isFailed() {
        return recipients.stream().allMatch(one -> one.outcome() instanceof Outcome.Failed);
    }

    /** Returns the results of those for whom the peer did not take the mail. */
    public List<RecipientResult> rejected() {
        return recipients.stream().filter(one -> !one.outcome().isAccepted()).toList();
    }
}
