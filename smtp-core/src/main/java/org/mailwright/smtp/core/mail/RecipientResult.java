package org.mailwright.smtp.core.mail;

/**
 * What became of a mail for one of its recipients.
 *
 * @since 0.1.0
 */
public record RecipientResult(Recipient recipient, Outcome outcome) {

    /** Returns the result on one line, for the log. */
    @Override
    public String toString() {
        return recipient.path().path() + ": " + outcome.reply();
    }
}
