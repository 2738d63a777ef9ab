package org.mailwright.smtp.distribution.control;

import java.util.Arrays;
import java.util.Locale;

/**
 * A request that was refused, or that could not be done.
 *
 * @since 0.1.0
 */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** The request is wrong. */
        USAGE,
        /** No mail has that id. */
        UNKNOWN_MAIL,
        /** The server keeps no queue. */
        NO_QUEUE,
        /** Too many ask at the same time. */
        BUSY,
        /** It was tried, and failed. */
        FAILED;

        String written() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind read(String written) {
            return Arrays.stream(values())
                    .filter(kind -> kind.written().equals(written))
                    .findFirst()
                    .orElse(FAILED);
        }
    }

    private final Kind kind;

    /** A refusal. */
    public ControlException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ControlException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns why. */
    public Kind kind() {
        return kind;
    }

    /** Returns the text for the operator. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
