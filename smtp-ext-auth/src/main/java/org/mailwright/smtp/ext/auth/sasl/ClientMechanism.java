package org.mailwright.smtp.ext.auth.sasl;

/**
 * The client half of one SASL mechanism, together with the credentials it shows.
 *
 * @since 0.1.0
 */
public interface ClientMechanism {

    /** The registered name, upper case. */
    String name();

    /** Whether one who reads the connection learns something that lets him log in. */
    boolean plainText();

    /** How much the mechanism protects: of those that server and client share, the one with the highest is taken. */
    int strength();

    /** Whether the mechanism can be used on this connection, its protection against readers apart. */
    boolean usable(SecureChannel channel);

    /** Begins one attempt to log in. */
    ClientExchange start(ClientContext context);
}
