package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.util.Locale;

/**
 * A mail could not be stored, and nothing of it was left in a mailbox. Always temporary: the same mail may fit later.
 *
 * @since 0.1.0
 */
public final class MailboxException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why it could not be stored. */
    public enum Kind {
        /** There is no room: RFC 3463 X.3.1, reply 452. */
        FULL,
        /** Anything else that the file system said: X.3.0, reply 451. */
        IO
    }

    private final Kind kind;

    MailboxException(String what, IOException cause) {
        super(what + ": " + cause.getMessage(), cause);
        this.kind = full(cause) ? Kind.FULL : Kind.IO;
    }

    /** Why it could not be stored. */
    public Kind kind() {
        return kind;
    }

    /** Java has no type for ENOSPC and EDQUOT; their texts are all that the file system layer passes on. */
    private static boolean full(IOException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded");
    }
}
