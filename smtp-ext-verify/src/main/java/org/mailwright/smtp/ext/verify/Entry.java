package org.mailwright.smtp.ext.verify;

import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;

/**
 * One person or list of a {@link Directory}.
 *
 * @param name the full name, "" for none; what is not printable US-ASCII goes out as "?", and what is not printable at
 *     all where the client takes UTF-8
 * @param mailbox where mail for it goes
 * @since 0.1.0
 */
public record Entry(String name, Mailbox mailbox) {

    private static final int LONGEST = 200;

    /** Returns an entry without a name. */
    public static Entry of(Mailbox mailbox) {
        return new Entry("", mailbox);
    }

    /** Returns the form of a reply (RFC 5321 §3.5.2): the name if there is one, and the mailbox in brackets. */
    String line() {
        return name.isBlank() ? mailbox.path() : printable(name) + " " + mailbox.path();
    }

    /** What is beyond US-ASCII is left to the reply, which knows whether it may go out. */
    private static String printable(String name) {
        StringBuilder out = new StringBuilder(Math.min(name.length(), LONGEST));
        name.codePoints().limit(LONGEST).forEach(c -> {
            boolean fine = c > '~' ? Utf8.isNonAsciiText(c) : Ascii.isPrintable(c);
            out.appendCodePoint(fine ? c : '?');
        });
        return out.toString();
    }
}
