package org.mailwright.smtp.distribution.config;

import java.time.Duration;
import java.util.List;

/**
 * Whom to ask for the hosts of a domain.
 *
 * @param servers name servers; none: those of the system
 * @param timeout how long one question to one server may take
 * @param trustAd whether they are believed when they say that DNSSEC proves an answer
 * @since 0.1.0
 */
public record DnsSettings(List<HostPort> servers, Duration timeout, boolean trustAd) {
    static DnsSettings of(ConfigValues values) {
        return new DnsSettings(
                values.get(QueueKeys.DNS_SERVERS),
                values.get(QueueKeys.DNS_TIMEOUT),
                values.get(QueueKeys.DNS_TRUST_AD));
    }
}
