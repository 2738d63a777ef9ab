package org.mailwright.smtp.distribution.config;

/**
 * The least important thing that is still logged.
 *
 * @since 0.1.0
 */
public enum LogLevel {
    /** Things that somebody must mend. */
    ERROR,
    /** Things that went wrong. */
    WARN,
    /** Starts, stops and mails. */
    INFO,
    /** Sessions. */
    DEBUG,
    /** Everything. */
    TRACE
}
