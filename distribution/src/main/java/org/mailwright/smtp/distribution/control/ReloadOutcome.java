package org.mailwright.smtp.distribution.control;

/**
 * What became of a wish to read the configuration again.
 *
 * @param done whether the new configuration holds now; if not, the old one does
 * @param text for the operator, any number of lines
 * @since 0.1.0
 */
public record ReloadOutcome(boolean done, String text) {}
