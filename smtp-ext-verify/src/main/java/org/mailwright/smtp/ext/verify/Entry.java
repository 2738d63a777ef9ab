package org.mailwright.smtp.ext.verify;

import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.reply.Reply;

/**
 * One person or list of a {@link Directory}.
 *
 * @param name the full name, "" for none; what is not printable US-ASCII goes out as "?"
 * @param mailbox where mail for it goes
 * @since 0.1.0
 */
public record Entry(String name, Mailbox mailbox) {

    /** Returns an entry without a name. */
    public static Entry of(Mailbox mailbox) {
        return new Entry("", mailbox);
    }

    /** Returns the form of a reply (RFC 5321 §3.5.2): the name if there is one, and the mailbox in brackets. */
    String line() {
        return name.isBlank() ? mailbox.path() : Reply.printable(name) + " " + mailbox.path();
    }
}
