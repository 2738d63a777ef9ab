package org.mailwright.smtp.distribution.config;

/**
 * Whether an address for mail by HTTP speaks TLS.
 *
 * @since 0.1.0
 */
public enum HttpTls {
    /** No; only clients on this host can reach it then. */
    NONE,
    /** From the first octet. */
    IMPLICIT
}
