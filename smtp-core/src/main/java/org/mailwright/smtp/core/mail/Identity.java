package org.mailwright.smtp.core.mail;

/**
 * Who a peer has proved to be (RFC 4954).
 *
 * @param name the authorization identity, such as "user@example.org"
 * @param mechanism the SASL mechanism that proved it
 * @since 0.1.0
 */
public record Identity(String name, String mechanism) {}
