package org.mailwright.smtp.distribution.config;

/**
 * How a line of the log looks.
 *
 * @since 0.1.0
 */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object. */
    JSON
}
