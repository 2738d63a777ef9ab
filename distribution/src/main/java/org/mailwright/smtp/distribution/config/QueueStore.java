package org.mailwright.smtp.distribution.config;

/**
 * Where mail waits between its acceptance and its delivery.
 *
 * @since 0.1.0
 */
public enum QueueStore {
    /** In a folder of this machine: a journal and an SQLite database. */
    SQLITE,
    /** In a PostgreSQL database that any number of servers share. */
    POSTGRES,
    /** In memory: what waits is lost when the server ends. */
    MEMORY,
    /** Nowhere: it is delivered before it is accepted, and nothing is sent to other hosts. */
    NONE
}
