package org.mailwright.smtp.core.mail;

/**
 * How the client presented itself: the argument of EHLO, HELO or LHLO.
 *
 * @param name as given; printable, not verified (RFC 5321 §4.1.4)
 * @param extended whether it was EHLO or LHLO, which allow extensions
 * @since 0.1.0
 */
public record Hello(String name, boolean extended) {}
