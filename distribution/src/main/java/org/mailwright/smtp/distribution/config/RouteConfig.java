package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mailwright.smtp.relay.TlsLevel;

/**
 * The way of one domain's mail.
 *
 * @param domain the domain; with a dot before it, all below it
 * @param to where it goes; absent: to its mail exchangers
 * @param secretFile the file whose first line is the secret that a webhook is signed with
 * @param inbound whether anybody may send mail to it, as to a local domain
 * @param tls how well it is protected; absent: as all other mail
 * @param concurrency most mails at the same time; absent: as all others
 * @param rate most recipients per second; absent: as all others
 * @since 0.1.0
 */
public record RouteConfig(
        String domain,
        Optional<RouteTarget> to,
        Optional<Path> secretFile,
        boolean inbound,
        Optional<TlsLevel> tls,
        Optional<Integer> concurrency,
        Optional<Integer> rate) {
    static RouteConfig of(ConfigFile file, ConfigValues values) {
        return new RouteConfig(
                values.get(QueueKeys.ROUTE_DOMAIN),
                values.find(QueueKeys.ROUTE_TO).map(to -> resolved(file, to)),
                values.find(QueueKeys.ROUTE_SECRET_FILE).map(file::path),
                values.find(QueueKeys.ROUTE_INBOUND).orElse(false),
                values.find(QueueKeys.ROUTE_TLS),
                values.find(QueueKeys.ROUTE_CONCURRENCY),
                values.find(QueueKeys.ROUTE_RATE));
    }

    private static RouteTarget resolved(ConfigFile file, RouteTarget to) {
        return switch (to) {
            case RouteTarget.Batch batch ->
                new RouteTarget.Batch(file.path(batch.folder().toString()));
            case RouteTarget.Hop hop -> hop;
            case RouteTarget.Program program -> program;
            case RouteTarget.Webhook webhook -> webhook;
        };
    }
}
