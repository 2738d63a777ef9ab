package org.mailwright.smtp.distribution.sendmail;

/**
 * A command line or a mail that cannot be understood.
 *
 * @since 0.1.0
 */
public final class SendmailException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** The command line. */
        USAGE,
        /** The mail. */
        MAIL
    }

    private final Kind kind;

    SendmailException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }
}
