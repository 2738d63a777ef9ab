package org.mailwright.smtp.ext.auth.sasl;

/**
 * The server half of one SASL mechanism (RFC 4422).
 *
 * <p>A mechanism is stateless and shared by all sessions; the state of one attempt is in the {@link ServerExchange}.
 *
 * @since 0.1.0
 */
public interface Mechanism {

    /** The registered name: 1 to 20 upper-case letters, digits, hyphens and underscores (RFC 4422 section 3.1). */
    String name();

    /**
     * Whether one who reads the connection learns something that lets him log in: such a mechanism is offered and
     * accepted inside TLS only.
     */
    boolean plainText();

    /** Whether the client may send an initial response; {@code false} where the server speaks first. */
    boolean initialResponse();

    /**
     * Whether the mechanism can be used on this connection, its protection against readers apart: a mechanism that
     * binds to the channel needs a binding, one that maps certificates needs a certificate.
     */
    boolean usable(SecureChannel channel);

    /** Begins one attempt to log in. */
    ServerExchange start(SaslContext context);
}
