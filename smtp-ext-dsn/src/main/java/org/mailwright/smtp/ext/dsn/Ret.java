package org.mailwright.smtp.ext.dsn;

import java.util.Optional;
import org.mailwright.smtp.core.text.Ascii;

/**
 * How much of a mail comes back with the report that it failed (RFC 3461 §4.3).
 *
 * @since 0.1.0
 */
public enum Ret {
    /** All of it. */
    FULL,
    /** Its header. */
    HDRS;

    /** Returns what a word means, in any case of letters. */
    static Optional<Ret> of(String word) {
        for (Ret ret : values()) {
            if (Ascii.equalsIgnoreCase(ret.name(), word)) {
                return Optional.of(ret);
            }
        }
        return Optional.empty();
    }
}
