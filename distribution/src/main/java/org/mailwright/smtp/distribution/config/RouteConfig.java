package org.mailwright.smtp.distribution.config;

import java.util.Optional;
import org.mailwright.smtp.relay.NextHop;
import org.mailwright.smtp.relay.TlsLevel;

/**
 * The way of one domain's mail.
 *
 * @param domain the domain; with a dot before it, all below it
 * @param to the next hop; absent: its mail exchangers
 * @param tls how well it is protected; absent: as all other mail
 * @param concurrency most mails at the same time; absent: as all others
 * @param rate most recipients per second; absent: as all others
 * @since 0.1.0
 */
public record RouteConfig(
        String domain,
        Optional<NextHop> to,
        Optional<TlsLevel> tls,
        Optional<Integer> concurrency,
        Optional<Integer> rate) {
    static RouteConfig of(ConfigValues values) {
        return new RouteConfig(
                values.get(QueueKeys.ROUTE_DOMAIN),
                values.find(QueueKeys.ROUTE_TO),
                values.find(QueueKeys.ROUTE_TLS),
                values.find(QueueKeys.ROUTE_CONCURRENCY),
                values.find(QueueKeys.ROUTE_RATE));
    }
}
