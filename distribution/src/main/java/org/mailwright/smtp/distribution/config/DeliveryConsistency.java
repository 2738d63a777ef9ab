package org.mailwright.smtp.distribution.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailwright.smtp.queue.report.ReportTexts;
import org.mailwright.smtp.relay.TlsLevel;

/** Finds values that together make no way for a mail: in the tables of the queue, of the relay and of delivery. */
final class DeliveryConsistency {
    private final ConfigFile file;
    private final ConfigFindings findings;

    private DeliveryConsistency(ConfigFile file, ConfigFindings findings) {
        this.file = file;
        this.findings = findings;
    }

    static void check(ConfigFile file, ConfigFindings findings) {
        DeliveryConsistency consistency = new DeliveryConsistency(file, findings);
        consistency.queue();
        consistency.relay();
        consistency.delivery();
        consistency.routes();
        consistency.filter();
        consistency.turns();
    }

    private void queue() {
        ConfigValues queue = file.table(QueueKeys.QUEUE);
        if (queue.get(QueueKeys.STORE) == QueueStore.POSTGRES
                && queue.find(QueueKeys.URL).isEmpty()) {
            findings.expected(queue, QueueKeys.STORE, "\"url\" beside it", "none");
        }
        findings.together(queue, QueueKeys.PASSWORD_FILE, QueueKeys.USER);
        findings.readable(queue, QueueKeys.PASSWORD_FILE);
    }

    private void relay() {
        ConfigValues relay = file.table(QueueKeys.RELAY);
        findings.together(relay, QueueKeys.RELAY_USER, QueueKeys.RELAY_PASSWORD_FILE);
        findings.together(relay, QueueKeys.RELAY_PASSWORD_FILE, QueueKeys.RELAY_USER);
        if (relay.find(QueueKeys.RELAY_USER).isPresent()
                && relay.find(QueueKeys.SMARTHOST).isEmpty()) {
            findings.expected(relay, QueueKeys.RELAY_USER, "\"smarthost\" beside it", "none");
        }
        boolean implicit = relay.get(QueueKeys.IMPLICIT_TLS);
        if (implicit && relay.find(QueueKeys.SMARTHOST).isEmpty()) {
            findings.expected(relay, QueueKeys.IMPLICIT_TLS, "\"smarthost\" beside it", "none");
        }
        if (relay.find(QueueKeys.RELAY_USER).isPresent()
                && relay.get(QueueKeys.RELAY_TLS) == TlsLevel.NONE
                && !implicit) {
            findings.expected(
                    relay,
                    QueueKeys.RELAY_TLS,
                    "TLS, for the password of \"user\" is sent within TLS only",
                    "\"none\"");
        }
        findings.readable(relay, QueueKeys.RELAY_PASSWORD_FILE);
        relay.find(QueueKeys.RELAY_PASSWORD_FILE)
                .map(file::path)
                .filter(ConfigFindings::isReadable)
                .filter(path -> firstLine(path).isBlank())
                .ifPresent(path -> findings.expected(
                        relay, QueueKeys.RELAY_PASSWORD_FILE, "a password in the first line of " + path, "none"));
        findings.readable(relay, QueueKeys.RELAY_CA);
    }

    private void delivery() {
        findings.readable(file.table(DeliveryKeys.ALIAS), DeliveryKeys.ALIASES);
        ConfigValues reports = file.table(DeliveryKeys.REPORTS);
        findings.readable(reports, DeliveryKeys.REPORT_TEXTS);
        reports.find(DeliveryKeys.REPORT_TEXTS)
                .map(file::path)
                .filter(ConfigFindings::isReadable)
                .ifPresent(path -> texts(reports, path));
        if (file.table(QueueKeys.QUEUE).get(QueueKeys.STORE) == QueueStore.NONE) {
            ConfigValues delivery = file.table(DeliveryKeys.DELIVERY);
            for (ConfigKey<Long> quota : List.of(DeliveryKeys.QUOTA, DeliveryKeys.QUOTA_MAILS)) {
                if (delivery.get(quota) > 0) {
                    findings.expected(delivery, quota, "a queue", "\"none\" in queue.store");
                }
            }
        }
    }

    private void texts(ConfigValues reports, Path path) {
        try {
            ReportTexts unused = ReportTexts.read(path);
        } catch (IOException e) {
            findings.expected(
                    reports, DeliveryKeys.REPORT_TEXTS, "a file that can be read", path + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            findings.add(new ConfigProblem(
                    file.name(),
                    reports.line(DeliveryKeys.REPORT_TEXTS),
                    reports.table().fullName(DeliveryKeys.REPORT_TEXTS.name()),
                    String.valueOf(e.getMessage())));
        }
    }

    private static String firstLine(Path path) {
        try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst().orElse("");
        } catch (IOException | UncheckedIOException e) {
            return ""; // no password can be read there
        }
    }

    private void filter() {
        for (ConfigValues listener : file.entries(ConfigKeys.LISTENER)) {
            boolean trusts = !listener.get(ConfigKeys.LISTENER_TRUSTED).isEmpty();
            if (!listener.get(ConfigKeys.LISTENER_FILTERED) && !trusts) {
                findings.expected(
                        listener,
                        ConfigKeys.LISTENER_FILTERED,
                        "\"trusted\" beside it, with the addresses of the filter",
                        "none");
            }
            if (trusts && listener.get(ConfigKeys.LISTENER_ROLE) != ListenerRole.MX) {
                findings.expected(listener, ConfigKeys.LISTENER_TRUSTED, "the role \"mx\"", "another");
            }
        }
        ConfigValues filter = file.table(GatewayKeys.FILTER_TABLE);
        if (filter.find(GatewayKeys.FILTER_AFTER).isPresent()) {
            if (filter.find(GatewayKeys.FILTER_BEFORE).isPresent()) {
                findings.expected(filter, GatewayKeys.FILTER_AFTER, "either \"before\" or \"after\"", "both");
            }
            if (file.table(QueueKeys.QUEUE).get(QueueKeys.STORE) == QueueStore.NONE) {
                findings.expected(filter, GatewayKeys.FILTER_AFTER, "a queue", "\"none\" in queue.store");
            }
        }
    }

    private void routes() {
        findings.different(
                file.entries(QueueKeys.ROUTE), QueueKeys.ROUTE_DOMAIN, "route", text -> text.toLowerCase(Locale.ROOT));
        for (ConfigValues entry : file.entries(QueueKeys.ROUTE)) {
            List<ConfigKey<?>> says = List.of(
                    QueueKeys.ROUTE_TO,
                    QueueKeys.ROUTE_INBOUND,
                    QueueKeys.ROUTE_TLS,
                    QueueKeys.ROUTE_CONCURRENCY,
                    QueueKeys.ROUTE_RATE);
            if (says.stream().allMatch(key -> entry.find(key).isEmpty())) {
                findings.expected(
                        entry,
                        QueueKeys.ROUTE_DOMAIN,
                        "\"to\", \"inbound\", \"tls\", \"concurrency\" or \"rate\" beside it",
                        "none");
            }
            Optional<RouteTarget> to = entry.find(QueueKeys.ROUTE_TO);
            boolean webhook = to.filter(RouteTarget.Webhook.class::isInstance).isPresent();
            if (webhook) {
                findings.together(entry, QueueKeys.ROUTE_TO, QueueKeys.ROUTE_SECRET_FILE);
            } else if (entry.find(QueueKeys.ROUTE_SECRET_FILE).isPresent()) {
                findings.expected(entry, QueueKeys.ROUTE_SECRET_FILE, "\"https://HOST/PATH\" in \"to\"", "none");
            }
            if (entry.find(QueueKeys.ROUTE_TLS).isPresent()
                    && to.filter(target -> !(target instanceof RouteTarget.Hop)).isPresent()) {
                findings.expected(entry, QueueKeys.ROUTE_TLS, "a next hop in \"to\"", "another way");
            }
            findings.readable(entry, QueueKeys.ROUTE_SECRET_FILE);
        }
    }

    private void turns() {
        Set<String> routed = new HashSet<>();
        file.entries(QueueKeys.ROUTE).forEach(route -> routed.add(lower(route.get(QueueKeys.ROUTE_DOMAIN))));
        Set<String> local = new HashSet<>();
        file.table(ConfigKeys.DOMAINS).get(ConfigKeys.LOCAL_DOMAINS).forEach(domain -> local.add(lower(domain)));
        for (ConfigValues entry : file.entries(TurnKeys.TURN)) {
            for (String domain : entry.get(TurnKeys.DOMAINS)) {
                if (local.contains(lower(domain)) || local.contains("*")) {
                    findings.expected(
                            entry, TurnKeys.DOMAINS, "domains whose mail does not end here", "\"" + domain + "\"");
                } else if (routed.contains(lower(domain))) {
                    findings.expected(entry, TurnKeys.DOMAINS, "domains without a route", "\"" + domain + "\"");
                }
            }
            if (file.table(QueueKeys.QUEUE).get(QueueKeys.STORE) == QueueStore.NONE) {
                findings.expected(
                        entry, TurnKeys.DOMAINS, "a queue, for their mail waits there", "\"none\" in queue.store");
            }
            findings.together(entry, TurnKeys.SECRET_FILE, TurnKeys.USER);
            findings.readable(entry, TurnKeys.SECRET_FILE);
            if (entry.find(TurnKeys.USER).isEmpty() && entry.find(TurnKeys.HOST).isEmpty()) {
                findings.expected(entry, TurnKeys.DOMAINS, "\"user\" or \"host\" beside it", "neither");
            }
        }
    }

    private static String lower(String domain) {
        return domain.toLowerCase(Locale.ROOT);
    }
}
