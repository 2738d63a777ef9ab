package org.mailwright.smtp.ext.auth.sasl;

/**
 * What an exchange on the client may know of its session.
 *
 * @param host the name of the server as the caller gave it
 * @param port the port of the server, 1 to 65535
 * @param channel the protection of the connection
 * @param plusOffered whether the server offers a mechanism with channel binding
 * @since 0.1.0
 */
public record ClientContext(String host, int port, SecureChannel channel, boolean plusOffered) {}
