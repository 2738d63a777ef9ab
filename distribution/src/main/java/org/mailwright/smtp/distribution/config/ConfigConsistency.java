package org.mailwright.smtp.distribution.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailwright.smtp.queue.report.ReportTexts;
import org.mailwright.smtp.relay.TlsLevel;

/** Finds values that are each of their type, and together make no server. */
final class ConfigConsistency {
    private final ConfigFile file;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigConsistency(ConfigFile file) {
        this.file = file;
    }

    static void check(ConfigFile file, Set<String> installed) throws ConfigException {
        ConfigConsistency consistency = new ConfigConsistency(file);
        consistency.listeners(installed);
        consistency.certificates();
        consistency.queue();
        consistency.relay();
        consistency.delivery();
        consistency.routes();
        consistency.filter();
        consistency.turns();
        if (!consistency.problems.isEmpty()) {
            consistency.problems.sort(Comparator.comparingInt(ConfigProblem::line));
            throw new ConfigException(consistency.problems);
        }
    }

    private void listeners(Set<String> installed) {
        List<ConfigValues> entries = file.entries(ConfigKeys.LISTENER);
        List<ConfigValues> all = new ArrayList<>(entries);
        all.addAll(file.entries(GatewayKeys.HTTP));
        different(all, ConfigKeys.LISTENER_NAME, "listener", Function.identity());
        different(
                all.stream()
                        .filter(entry -> entry.get(ConfigKeys.LISTENER_ADDRESS).port() != 0)
                        .toList(),
                ConfigKeys.LISTENER_ADDRESS,
                "listener",
                HostPort::toString);
        all.forEach(this::known);
        for (ConfigValues entry : entries) {
            for (String id : entry.find(ConfigKeys.LISTENER_EXTENSIONS).orElse(List.of())) {
                if (!installed.contains(id)) {
                    String hint = Suggestions.nearest(id, installed)
                            .map(near -> "; did you mean \"" + near + "\"?")
                            .orElse("");
                    expected(
                            entry,
                            ConfigKeys.LISTENER_EXTENSIONS,
                            "extensions that are installed (" + String.join(", ", new TreeSet<>(installed)) + ")",
                            "\"" + id + "\"" + hint);
                }
            }
        }
    }

    private void known(ConfigValues listener) {
        String host = listener.get(ConfigKeys.LISTENER_ADDRESS).host();
        try {
            InetAddress address = InetAddress.getByName(host);
            if (listener.table().equals(GatewayKeys.HTTP)
                    && listener.get(GatewayKeys.HTTP_TLS) == HttpTls.NONE
                    && !address.isLoopbackAddress()) {
                expected(
                        listener,
                        GatewayKeys.HTTP_TLS,
                        "\"implicit\", for passwords would travel in clear to " + host,
                        "\"none\"");
            }
        } catch (UnknownHostException e) {
            expected(listener, ConfigKeys.LISTENER_ADDRESS, "an address of this host", "\"" + host + "\"");
        }
    }

    private <T> void different(List<ConfigValues> entries, ConfigKey<T> key, String what, Function<T, String> text) {
        Map<String, Integer> seen = new HashMap<>();
        for (ConfigValues entry : entries) {
            String value = text.apply(entry.get(key));
            Integer before = seen.putIfAbsent(value, entry.line(key));
            if (before != null) {
                expected(entry, key, "one that no other " + what + " has", "\"" + value + "\" as in line " + before);
            }
        }
    }

    private void certificates() {
        ConfigValues tls = file.table(ConfigKeys.TLS);
        together(tls, ConfigKeys.TLS_CERTIFICATE, ConfigKeys.TLS_KEY);
        together(tls, ConfigKeys.TLS_KEY, ConfigKeys.TLS_CERTIFICATE);
        for (ConfigKey<String> key : List.of(
                ConfigKeys.TLS_CERTIFICATE,
                ConfigKeys.TLS_KEY,
                ConfigKeys.TLS_PASSPHRASE_FILE,
                ConfigKeys.TLS_CLIENT_CA)) {
            readable(tls, key);
        }
        for (ConfigValues entry : file.entries(ConfigKeys.TLS_SNI)) {
            readable(entry, ConfigKeys.SNI_CERTIFICATE);
            readable(entry, ConfigKeys.SNI_KEY);
            readable(entry, ConfigKeys.SNI_PASSPHRASE_FILE);
        }
    }

    private void queue() {
        ConfigValues queue = file.table(QueueKeys.QUEUE);
        if (queue.get(QueueKeys.STORE) == QueueStore.POSTGRES
                && queue.find(QueueKeys.URL).isEmpty()) {
            expected(queue, QueueKeys.STORE, "\"url\" beside it", "none");
        }
        together(queue, QueueKeys.PASSWORD_FILE, QueueKeys.USER);
        readable(queue, QueueKeys.PASSWORD_FILE);
    }

    private void relay() {
        ConfigValues relay = file.table(QueueKeys.RELAY);
        together(relay, QueueKeys.RELAY_USER, QueueKeys.RELAY_PASSWORD_FILE);
        together(relay, QueueKeys.RELAY_PASSWORD_FILE, QueueKeys.RELAY_USER);
        if (relay.find(QueueKeys.RELAY_USER).isPresent()
                && relay.find(QueueKeys.SMARTHOST).isEmpty()) {
            expected(relay, QueueKeys.RELAY_USER, "\"smarthost\" beside it", "none");
        }
        boolean implicit = relay.get(QueueKeys.IMPLICIT_TLS);
        if (implicit && relay.find(QueueKeys.SMARTHOST).isEmpty()) {
            expected(relay, QueueKeys.IMPLICIT_TLS, "\"smarthost\" beside it", "none");
        }
        if (relay.find(QueueKeys.RELAY_USER).isPresent()
                && relay.get(QueueKeys.RELAY_TLS) == TlsLevel.NONE
                && !implicit) {
            expected(
                    relay,
                    QueueKeys.RELAY_TLS,
                    "TLS, for the password of \"user\" is sent within TLS only",
                    "\"none\"");
        }
        readable(relay, QueueKeys.RELAY_PASSWORD_FILE);
        relay.find(QueueKeys.RELAY_PASSWORD_FILE)
                .map(file::path)
                .filter(ConfigConsistency::isReadable)
                .filter(path -> firstLine(path).isBlank())
                .ifPresent(path -> expected(
                        relay, QueueKeys.RELAY_PASSWORD_FILE, "a password in the first line of " + path, "none"));
        readable(relay, QueueKeys.RELAY_CA);
    }

    private void delivery() {
        readable(file.table(DeliveryKeys.ALIAS), DeliveryKeys.ALIASES);
        ConfigValues reports = file.table(DeliveryKeys.REPORTS);
        readable(reports, DeliveryKeys.REPORT_TEXTS);
        reports.find(DeliveryKeys.REPORT_TEXTS)
                .map(file::path)
                .filter(ConfigConsistency::isReadable)
                .ifPresent(path -> texts(reports, path));
        if (file.table(QueueKeys.QUEUE).get(QueueKeys.STORE) == QueueStore.NONE) {
            ConfigValues delivery = file.table(DeliveryKeys.DELIVERY);
            for (ConfigKey<Long> quota : List.of(DeliveryKeys.QUOTA, DeliveryKeys.QUOTA_MAILS)) {
                if (delivery.get(quota) > 0) {
                    expected(delivery, quota, "a queue", "\"none\" in queue.store");
                }
            }
        }
    }

    private void texts(ConfigValues reports, Path path) {
        try {
            ReportTexts unused = ReportTexts.read(path);
        } catch (IOException e) {
            expected(reports, DeliveryKeys.REPORT_TEXTS, "a file that can be read", path + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(
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
                expected(
                        listener,
                        ConfigKeys.LISTENER_FILTERED,
                        "\"trusted\" beside it, with the addresses of the filter",
                        "none");
            }
            if (trusts && listener.get(ConfigKeys.LISTENER_ROLE) != ListenerRole.MX) {
                expected(listener, ConfigKeys.LISTENER_TRUSTED, "the role \"mx\"", "another");
            }
        }
        ConfigValues filter = file.table(GatewayKeys.FILTER_TABLE);
        if (filter.find(GatewayKeys.FILTER_AFTER).isPresent()) {
            if (filter.find(GatewayKeys.FILTER_BEFORE).isPresent()) {
                expected(filter, GatewayKeys.FILTER_AFTER, "either \"before\" or \"after\"", "both");
            }
            if (file.table(QueueKeys.QUEUE).get(QueueKeys.STORE) == QueueStore.NONE) {
                expected(filter, GatewayKeys.FILTER_AFTER, "a queue", "\"none\" in queue.store");
            }
        }
    }

    private void routes() {
        different(
                file.entries(QueueKeys.ROUTE), QueueKeys.ROUTE_DOMAIN, "route", text -> text.toLowerCase(Locale.ROOT));
        for (ConfigValues entry : file.entries(QueueKeys.ROUTE)) {
            List<ConfigKey<?>> says = List.of(
                    QueueKeys.ROUTE_TO,
                    QueueKeys.ROUTE_INBOUND,
                    QueueKeys.ROUTE_TLS,
                    QueueKeys.ROUTE_CONCURRENCY,
                    QueueKeys.ROUTE_RATE);
            if (says.stream().allMatch(key -> entry.find(key).isEmpty())) {
                expected(
                        entry,
                        QueueKeys.ROUTE_DOMAIN,
                        "\"to\", \"inbound\", \"tls\", \"concurrency\" or \"rate\" beside it",
                        "none");
            }
            Optional<RouteTarget> to = entry.find(QueueKeys.ROUTE_TO);
            boolean webhook = to.filter(RouteTarget.Webhook.class::isInstance).isPresent();
            if (webhook) {
                together(entry, QueueKeys.ROUTE_TO, QueueKeys.ROUTE_SECRET_FILE);
            } else if (entry.find(QueueKeys.ROUTE_SECRET_FILE).isPresent()) {
                expected(entry, QueueKeys.ROUTE_SECRET_FILE, "\"https://HOST/PATH\" in \"to\"", "none");
            }
            if (entry.find(QueueKeys.ROUTE_TLS).isPresent()
                    && to.filter(target -> !(target instanceof RouteTarget.Hop)).isPresent()) {
                expected(entry, QueueKeys.ROUTE_TLS, "a next hop in \"to\"", "another way");
            }
            readable(entry, QueueKeys.ROUTE_SECRET_FILE);
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
                    expected(entry, TurnKeys.DOMAINS, "domains whose mail does not end here", "\"" + domain + "\"");
                } else if (routed.contains(lower(domain))) {
                    expected(entry, TurnKeys.DOMAINS, "domains without a route", "\"" + domain + "\"");
                }
            }
            if (file.table(QueueKeys.QUEUE).get(QueueKeys.STORE) == QueueStore.NONE) {
                expected(entry, TurnKeys.DOMAINS, "a queue, for their mail waits there", "\"none\" in queue.store");
            }
            together(entry, TurnKeys.SECRET_FILE, TurnKeys.USER);
            readable(entry, TurnKeys.SECRET_FILE);
            if (entry.find(TurnKeys.USER).isEmpty() && entry.find(TurnKeys.HOST).isEmpty()) {
                expected(entry, TurnKeys.DOMAINS, "\"user\" or \"host\" beside it", "neither");
            }
        }
    }

    private static String lower(String domain) {
        return domain.toLowerCase(Locale.ROOT);
    }

    private void together(ConfigValues values, ConfigKey<?> given, ConfigKey<?> other) {
        if (values.find(given).isPresent() && values.find(other).isEmpty()) {
            expected(values, given, "\"" + other.name() + "\" beside it", "none");
        }
    }

    private void readable(ConfigValues values, ConfigKey<String> key) {
        values.find(key).map(file::path).ifPresent(path -> {
            if (!isReadable(path)) {
                expected(values, key, "a file that can be read", path + why(path));
            }
        });
    }

    private static boolean isReadable(Path path) {
        return Files.isReadable(path) && !Files.isDirectory(path);
    }

    private static String why(Path path) {
        return Files.isDirectory(path) ? ", a folder" : Files.exists(path) ? ", not readable" : ", which is not there";
    }

    private void expected(ConfigValues values, ConfigKey<?> key, String expected, String found) {
        problems.add(ConfigProblem.expected(
                file.name(), values.line(key), values.table().fullName(key.name()), expected, found));
    }
}
