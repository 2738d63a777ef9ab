package org.mailwright.smtp.benchmarks.load;

/** How a generated connection is protected. */
enum TlsMode {
    /** In clear all the way. */
    NONE,
    /** RFC 3207: in clear until STARTTLS. */
    STARTTLS,
    /** RFC 8314: TLS before the greeting. */
    IMPLICIT
}
