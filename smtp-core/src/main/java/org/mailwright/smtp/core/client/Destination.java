package org.mailwright.smtp.core.client;

import java.util.Optional;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * What a client knows of a server before it connects.
 *
 * @param host its name or address literal: what a certificate must be made out to
 * @param settings values that extensions look for, such as a TLS level or credentials
 * @param implicitTls how TLS begins before the greeting (RFC 8314 §3); empty where the connection begins in clear
 * @param inherited what TLS has agreed on already, on a connection that another conversation hands over
 * @since 0.1.0
 */
public record Destination(
        String host, Attributes settings, Optional<TlsPolicy> implicitTls, Optional<TlsSession> inherited) {

    /** A server that is connected to. */
    public Destination(String host, Attributes settings, Optional<TlsPolicy> implicitTls) {
        this(host, settings, implicitTls, Optional.empty());
    }

    /** Returns a server without settings, in clear at first. */
    public static Destination of(String host) {
        return new Destination(host, Attributes.EMPTY, Optional.empty());
    }

    /** Returns a server with settings, in clear at first. */
    public static Destination of(String host, Attributes settings) {
        return new Destination(host, settings, Optional.empty());
    }

    /** Tells whether TLS is there before the greeting. */
    boolean beginsWithTls() {
        return implicitTls.isPresent() || inherited.isPresent();
    }

    /** Returns the same, on a connection with TLS, or without, that another conversation hands over. */
    public Destination inheriting(Optional<TlsSession> tls) {
        return new Destination(host, settings, implicitTls, tls);
    }
}
