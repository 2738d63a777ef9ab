package org.mailwright.smtp.ext.auth.sasl;

import java.util.Optional;

/**
 * The types of channel binding that are understood, the preferred one first.
 *
 * <p>{@code tls-unique} is left out: it does not exist on TLS 1.3, and is not safe on TLS 1.2 without the extended
 * master secret (RFC 9266 section 3).
 *
 * @since 0.1.0
 */
public enum ChannelBinding {
    /** RFC 9266: 32 octets exported from the TLS session. */
    TLS_EXPORTER("tls-exporter"),
    /** RFC 5929 section 4: the hash of the server's certificate. */
    TLS_SERVER_END_POINT("tls-server-end-point");

    private final String registeredName;

    ChannelBinding(String registeredName) {
        this.registeredName = registeredName;
    }

    /** The name in the registry of channel bindings, as in {@code p=tls-exporter}. */
    public String registeredName() {
        return registeredName;
    }

    /** The type of a registered name, matched exactly; empty when it is not one of ours. */
    public static Optional<ChannelBinding> named(String name) {
        for (ChannelBinding type : values()) {
            if (type.registeredName.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
