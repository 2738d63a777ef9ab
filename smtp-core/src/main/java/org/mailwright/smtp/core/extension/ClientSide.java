package org.mailwright.smtp.core.extension;

/**
 * Takes what the client half of an {@link Extension} adds.
 *
 * @since 0.1.0
 */
public interface ClientSide {}
