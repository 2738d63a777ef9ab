package org.mailwright.smtp.core.address;

/**
 * The forward-path {@code <Postmaster>} without a domain, in any case (RFC 5321 §4.1.1.3): whoever answers for this
 * very server, which must never be refused (§4.5.1).
 *
 * @since 0.1.0
 */
public enum Postmaster implements ForwardPath {
    /** The one bare postmaster. */
    INSTANCE;

    @Override
    public String path() {
        return "<Postmaster>";
    }

    @Override
    public boolean isAscii() {
        return true;
    }

    @Override
    public String toString() {
        return "Postmaster";
    }
}
