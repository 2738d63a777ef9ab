package org.mailwright.smtp.distribution.config;

/**
 * Where mail waits between its acceptance and its delivery.
 *
 * @since 0.1.0
 */
public enum QueueStore {
    /** Nowhere: it is delivered before it is accepted. */
    NONE
}
