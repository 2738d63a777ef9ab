package org.mailwright.smtp.dns;

/**
 * One mail exchanger of a domain.
 *
 * @param preference 0 to 65535, lower ones are tried first
 * @param exchange the host, in lower case, without a final dot; empty for the null MX of RFC 7505
 * @since 0.1.0
 */
public record MxRecord(int preference, String exchange) {

    /** Tells whether it says that the domain takes no mail (RFC 7505). */
    public boolean isNull() {
        return exchange.isEmpty();
    }
}
