package org.mailwright.smtp.core.address;

/**
 * The null reverse-path {@code <>} of notifications, to which nothing is ever answered (RFC 5321 §4.5.5).
 *
 * @since 0.1.0
 */
public enum NullPath implements ReversePath {
    /** The one null path. */
    INSTANCE;

    @Override
    public String path() {
        return "<>";
    }

    @Override
    public boolean isAscii() {
        return true;
    }

    @Override
    public String toString() {
        return "<>";
    }
}
