package org.mailwright.smtp.ext.auth.sasl;

/**
 * What an exchange on the server may know of its session.
 *
 * @param hostname the name by which the server calls itself
 * @param channel the protection of the connection
 * @param plusOffered whether the session's last keyword list offered a mechanism with channel binding; a client that
 *     then claims the server had offered none is the victim of a downgrade (RFC 5802 section 6)
 * @since 0.1.0
 */
public record SaslContext(String hostname, SecureChannel channel, boolean plusOffered) {}
