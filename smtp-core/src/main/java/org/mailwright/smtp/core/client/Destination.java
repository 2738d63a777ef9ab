package org.mailwright.smtp.core.client;

import java.util.Optional;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * What a client knows of a server before it connects.
 *
 * @param host its name or address literal: what a certificate must be made out to
 * @param settings values that extensions look for, such as a TLS level or credentials
 * @param implicitTls how TLS begins before the greeting (RFC 8314 §3); empty where the connection begins in clear
 * @since 0.1.0
 */
public record Destination(String host, Attributes settings, Optional<TlsPolicy> implicitTls) {

    /** Returns a server without settings, in clear at first. */
    public static Destination of(String host) {
        return new Destination(host, Attributes.EMPTY, Optional.empty());
    }

    /** Returns a server with settings, in clear at first. */
    public static Destination of(String host, Attributes settings) {
        return new Destination(host, settings, Optional.empty());
    }
}
