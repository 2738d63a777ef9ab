package org.mailwright.smtp.dns;

import java.io.IOException;

/**
 * Says that a look-up has no answer.
 *
 * @since 0.1.0
 */
public final class DnsException extends IOException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Kind {
        /** There is no such name: final. */
        NO_SUCH_NAME,
        /** It cannot be found out now: a server failed, or none answered in time. */
        TEMPORARY,
        /** The answer makes no sense: a loop of aliases, a name that is not one. */
        BROKEN
    }

    private final Kind kind;

    /** Makes one. */
    public DnsException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Makes one. */
    public DnsException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns why. */
    public Kind kind() {
        return kind;
    }
}
