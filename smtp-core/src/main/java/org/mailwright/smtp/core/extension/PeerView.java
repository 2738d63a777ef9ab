package org.mailwright.smtp.core.extension;

import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.transport.TlsSession;

/**
 * What a client knows of the server at the other end of a connection. Valid only while the call lasts that passes it.
 *
 * @since 0.1.0
 */
public interface PeerView {

    /** Returns the id of the connection, for the log. */
    String id();

    /** Returns the name or address literal of the server that was asked for: what a certificate must be made out to. */
    String host();

    /** Returns the name by which the client presents itself. */
    String hostname();

    /** Tells whether LMTP is spoken (RFC 2033) and not SMTP. */
    boolean lmtp();

    /** Returns the server's address. */
    SocketAddress remoteAddress();

    /** Returns the client's own address. */
    SocketAddress localAddress();

    /** Tells whether the server understood EHLO or LHLO; if not, it offers nothing. */
    boolean extended();

    /** Tells whether the server offers a keyword now, in any case of letters. */
    boolean offers(String keyword);

    /** Returns the words behind a keyword that the server offers now; empty list when it offers none. */
    List<String> parameters(String keyword);

    /** Returns the keywords that the server offers now, in upper case, in its order. */
    List<String> keywords();

    /**
     * Returns a value: what {@link ClientSide#negotiate} made of the server's offer, what a step kept, or what the
     * caller gave for this destination (a TLS level, credentials).
     */
    <T> Optional<T> get(AttributeKey<T> key);

    /** Returns what TLS agreed on, when there is TLS. */
    Optional<TlsSession> tls();

    /** Returns who the client has proved to be. */
    Optional<Identity> identity();
}
