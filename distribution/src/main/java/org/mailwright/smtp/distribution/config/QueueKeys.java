package org.mailwright.smtp.distribution.config;

import static org.mailwright.smtp.distribution.config.ConfigKey.key;
import static org.mailwright.smtp.distribution.config.ConfigKey.optional;
import static org.mailwright.smtp.distribution.config.ConfigKey.required;
import static org.mailwright.smtp.distribution.config.ConfigTable.repeated;
import static org.mailwright.smtp.distribution.config.ConfigTable.table;
import static org.mailwright.smtp.distribution.config.ConfigTypes.choice;
import static org.mailwright.smtp.distribution.config.ConfigTypes.duration;
import static org.mailwright.smtp.distribution.config.ConfigTypes.integer;
import static org.mailwright.smtp.distribution.config.ConfigTypes.list;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.relay.NextHop;
import org.mailwright.smtp.relay.TlsLevel;

/** The keys of everything that comes after a mail's acceptance. */
final class QueueKeys {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final String HOP = "a next hop: \"DOMAIN\", \"[HOST]\" or \"[ADDRESS]\", perhaps with \":PORT\"";

    private static final ConfigType<NextHop> NEXT_HOP =
            ConfigTypes.checked(HOP, text -> NextHop.parse(text, NextHop.SMTP_PORT));
    private static final ConfigType<String> ROUTED =
            ConfigTypes.checked("a domain, or with a dot before it all below one", text -> {
                Domain.parse(text.startsWith(".") ? text.substring(1) : text);
                return text;
            });
    private static final ConfigType<String> TEXT = ConfigTypes.text("a text", text -> !text.isBlank());

    private static final ConfigType<String> DATABASE = ConfigTypes.text(
            "a database such as \"jdbc:postgresql://HOST:PORT/NAME\", its user and password beside it",
            text -> text.matches("jdbc:postgresql:.+")
                    && !text.contains("@")
                    && !text.toLowerCase(Locale.ROOT).contains("password="));

    static final ConfigKey<QueueStore> STORE = key(
            "store", choice(QueueStore.class), "sqlite", "sqlite, postgres, memory, or none: delivered before its 250");
    static final ConfigKey<String> FOLDER =
            key("folder", ConfigTypes.PATH, "{data}/queue", "sqlite: the folder of the queue, not on a network");
    static final ConfigKey<String> URL =
            optional("url", DATABASE, "jdbc:postgresql://127.0.0.1:5432/mailwright", "postgres: the database");
    static final ConfigKey<String> USER = optional("user", TEXT, "mailwright", "postgres: who logs in");
    static final ConfigKey<String> PASSWORD_FILE = optional(
            "password-file", ConfigTypes.PATH, "queue-password", "postgres: the password is this file's first line");
    static final ConfigKey<List<Duration>> RETRY = key(
            "retry",
            ConfigTypes.some(duration(Duration.ofMillis(100), MONTH)),
            List.of("1m", "5m", "15m", "30m", "1h", "2h", "4h"),
            "Time from one attempt to the next; the last one is repeated");
    static final ConfigKey<Duration> EXPIRE =
            key("expire", duration(Duration.ofSeconds(1), MONTH), "5d", "Age at which a mail is given up");
    static final ConfigKey<Duration> DELAY_WARNING = key(
            "delay-warning", duration(Duration.ZERO, MONTH), "4h", "Age at which a sender is told of it; 0s: never");
    static final ConfigKey<Duration> LEASE = key(
            "lease",
            duration(Duration.ofSeconds(2), Duration.ofHours(1)),
            "60s",
            "postgres: how long the mail of a server that died waits for another");
    static final ConfigTable QUEUE = table(
            "queue", "Where mail waits.", STORE, FOLDER, URL, USER, PASSWORD_FILE, RETRY, EXPIRE, DELAY_WARNING, LEASE);

    static final ConfigKey<NextHop> SMARTHOST =
            optional("smarthost", NEXT_HOP, "[smtp.example.net]:587", "Takes all mail for others; left out: by MX");
    static final ConfigKey<Boolean> IMPLICIT_TLS =
            key("implicit-tls", ConfigTypes.TRUTH, false, "TLS with the smarthost begins before its greeting");
    static final ConfigKey<String> RELAY_USER =
            optional("user", TEXT, "mailwright", "Who logs in at the smarthost; needs TLS");
    static final ConfigKey<String> RELAY_PASSWORD_FILE = optional(
            "password-file", ConfigTypes.PATH, "relay-password", "The user's password is this file's first line");
    static final ConfigKey<TlsLevel> RELAY_TLS = key(
            "tls", choice(TlsLevel.class), "opportunistic", "none, opportunistic, required, or verified: the name too");
    static final ConfigKey<Boolean> TLS_REQUIRED_NO = key(
            "heed-tls-required-no",
            ConfigTypes.TRUTH,
            true,
            "By MX, a mail with \"TLS-Required: No\" in its header goes as if tls were opportunistic");
    static final ConfigKey<String> RELAY_CA =
            optional("ca", ConfigTypes.PATH, "tls/authorities.pem", "PEM certificates that verified hosts lead to");
    static final ConfigKey<Integer> CONCURRENCY =
            key("concurrency", integer(1, 10_000), 20L, "Most mails to one destination at the same time");
    static final ConfigKey<Integer> RATE =
            key("rate", integer(0, 1_000_000), 0L, "Most recipients of one destination per second; 0: no bound");
    static final ConfigKey<Boolean> PRIVATE_ADDRESSES =
            key("private-addresses", ConfigTypes.TRUTH, false, "The DNS may lead to private and loopback addresses");
    static final ConfigKey<Integer> PORT = key("port", integer(1, 65_535), 25L, "Where mail exchangers listen");
    static final ConfigKey<Duration> CONNECT_TIMEOUT = key(
            "connect-timeout",
            duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            "30s",
            "Waiting for one address of a host");
    static final ConfigTable RELAY = table(
            "relay",
            "How mail goes to other hosts.",
            SMARTHOST,
            IMPLICIT_TLS,
            RELAY_USER,
            RELAY_PASSWORD_FILE,
            RELAY_TLS,
            TLS_REQUIRED_NO,
            RELAY_CA,
            CONCURRENCY,
            RATE,
            PRIVATE_ADDRESSES,
            PORT,
            CONNECT_TIMEOUT);

    static final ConfigKey<String> ROUTE_DOMAIN =
            required("domain", ROUTED, "example.net", "A domain; \".example.net\" is all below it");
    static final ConfigKey<RouteTarget> ROUTE_TO = optional(
            "to",
            ConfigTypes.explained(RouteTarget.EXPECTED, RouteTarget::parse),
            "[192.0.2.25]:25",
            "The next hop, pipe:[PROGRAM, ...], https://URL or bsmtp:FOLDER; left out: its MX, even with a smarthost");
    static final ConfigKey<String> ROUTE_SECRET_FILE =
            optional("secret-file", ConfigTypes.PATH, "webhook-secret", "https: signed with this file's first line");
    static final ConfigKey<Boolean> ROUTE_INBOUND =
            optional("inbound", ConfigTypes.TRUTH, true, "Anybody may send to it, as to a local domain");
    static final ConfigKey<TlsLevel> ROUTE_TLS =
            optional("tls", choice(TlsLevel.class), "verified", "As in [relay], for this domain");
    static final ConfigKey<Integer> ROUTE_CONCURRENCY =
            optional("concurrency", integer(1, 10_000), 2L, "As in [relay], for this domain");
    static final ConfigKey<Integer> ROUTE_RATE =
            optional("rate", integer(0, 1_000_000), 10L, "As in [relay], for this domain");
    static final ConfigTable ROUTE = repeated(
            "route",
            "Ways of their own for some domains.",
            List.of(),
            ROUTE_DOMAIN,
            ROUTE_TO,
            ROUTE_SECRET_FILE,
            ROUTE_INBOUND,
            ROUTE_TLS,
            ROUTE_CONCURRENCY,
            ROUTE_RATE);

    static final ConfigKey<List<HostPort>> DNS_SERVERS =
            key("servers", list(ConfigTypes.HOST_PORT), List.of(), "Such as \"127.0.0.1:53\"; []: the system's");
    static final ConfigKey<Duration> DNS_TIMEOUT = key(
            "timeout",
            duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "5s",
            "Waiting for one answer of one server");
    static final ConfigKey<Boolean> DNS_TRUST_AD = key(
            "trust-ad", ConfigTypes.TRUTH, false, "The servers check DNSSEC, and nobody can come between (the AD bit)");
    static final ConfigTable DNS =
            table("dns", "Whom to ask for the hosts of a domain.", DNS_SERVERS, DNS_TIMEOUT, DNS_TRUST_AD);

    private QueueKeys() {}
}
