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
import static org.mailwright.smtp.distribution.config.ConfigTypes.size;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.mailbox.LocalDomains;

/**
 * Every key that the configuration file can have: from here come the checks, {@code print-defaults} and the records.
 *
 * @since 0.1.0
 */
public final class ConfigKeys {
    private static final ConfigType<Duration> TIME_OUT = duration(Duration.ofMillis(100), Duration.ofDays(7));
    static final ConfigKey<String> HOSTNAME = key(
            "hostname", ConfigTypes.HOST_NAME, "localhost", "The name of this host: in the greeting and in Received");
    static final ConfigKey<String> DATA =
            key("data", ConfigTypes.PATH, "var", "The folder of everything the server writes; relative to this file");
    static final ConfigKey<Integer> IO_THREADS =
            key("io-threads", integer(0, 256), 0L, "Threads that move octets; 0 chooses by the number of cores");
    static final ConfigTable TOP = table("", "", HOSTNAME, DATA, IO_THREADS);

    static final ConfigKey<String> LISTENER_NAME =
            required("name", ConfigTypes.LABEL, "mx", "What it is called in the log and by `extensions`");
    static final ConfigKey<ListenerRole> LISTENER_ROLE = required(
            "role", choice(ListenerRole.class), "mx", "mx: mail from other hosts; submission: from users; lmtp: local");
    static final ConfigKey<HostPort> LISTENER_ADDRESS =
            required("address", ConfigTypes.HOST_PORT, "127.0.0.1:2525", "Where it listens; port 0 is any free one");
    static final ConfigKey<ListenerTls> LISTENER_TLS =
            key("tls", choice(ListenerTls.class), "starttls", "none, starttls, or implicit: TLS from the first octet");
    static final ConfigKey<List<String>> LISTENER_EXTENSIONS = optional(
            "extensions",
            list(ConfigTypes.LABEL),
            List.of("PIPELINING", "ENHANCEDSTATUSCODES", "SIZE", "STARTTLS", "AUTH"),
            "The extensions that are on; left out: all that are installed");
    static final ConfigKey<Boolean> LISTENER_FILTERED =
            key("filtered", ConfigTypes.TRUTH, true, "false: where a filter gives mail back; [filter] leaves it alone");
    static final ConfigKey<List<Network>> LISTENER_TRUSTED = key(
            "trusted",
            list(ConfigTypes.NETWORK),
            List.of(),
            "mx: addresses, as \"127.0.0.1/32\", that may send to anywhere without logging in");
    static final ConfigTable LISTENER = repeated(
            "listener",
            "Where mail comes in. The four below are there when a file has none.",
            List.of(
                    listener("mx", "mx", "127.0.0.1:2525", "starttls"),
                    listener("submission", "submission", "127.0.0.1:2587", "starttls"),
                    listener("submissions", "submission", "127.0.0.1:2465", "implicit"),
                    listener("lmtp", "lmtp", "127.0.0.1:2424", "none")),
            LISTENER_NAME,
            LISTENER_ROLE,
            LISTENER_ADDRESS,
            LISTENER_TLS,
            LISTENER_EXTENSIONS,
            LISTENER_FILTERED,
            LISTENER_TRUSTED);

    static final ConfigKey<List<String>> LOCAL_DOMAINS = key(
            "local",
            ConfigTypes.listOrAll(ConfigTypes.DOMAIN_NAME, LocalDomains.ALL),
            List.of("localhost"),
            "Domains whose mail ends here; \"*\" takes every domain");
    static final ConfigTable DOMAINS = table("domains", "Whose mail this is.", LOCAL_DOMAINS);

    static final ConfigKey<String> USERS_FILE =
            key("file", ConfigTypes.PATH, "{data}/users.toml", "Users and their salted hashes; written by `user add`");
    static final ConfigKey<UnknownRecipients> UNKNOWN_RECIPIENTS = key(
            "unknown-recipients",
            choice(UnknownRecipients.class),
            "reject",
            "Local recipients that are no users: reject or accept");
    static final ConfigKey<String> POSTMASTER =
            key("postmaster", ConfigTypes.LOCAL_PART, "postmaster", "The user who gets the mail for postmaster");
    static final ConfigKey<String> DETAIL_SEPARATOR =
            key("detail-separator", ConfigTypes.SEPARATOR, "+", "user+detail is user; \"\" turns such addresses off");
    static final ConfigTable USERS =
            table("users", "Who has a mailbox.", USERS_FILE, UNKNOWN_RECIPIENTS, POSTMASTER, DETAIL_SEPARATOR);

    static final ConfigKey<Integer> RECIPIENTS =
            key("recipients", integer(100, 1_000_000), 1000L, "Most recipients of one mail");
    static final ConfigKey<Integer> ERRORS =
            key("errors", integer(1, 100_000), 20L, "Refused commands after which a session is closed");
    static final ConfigKey<Integer> JUNK_COMMANDS = key(
            "junk-commands", integer(1, 1_000_000), 200L, "Commands without a mail after which a session is closed");
    static final ConfigKey<Long> LINE =
            key("line", size(512, 1 << 20), "4KiB", "Octets of a command line; commands that need more have more");
    static final ConfigKey<Integer> HOPS =
            key("hops", integer(1, 10_000), 100L, "Received fields of a mail; one with more is going in circles");
    static final ConfigKey<Long> LINE_FLOOD = key(
            "line-flood", size(1024, 1 << 30), "64KiB", "Octets without a line end after which a session is closed");
    static final ConfigKey<Long> BODY_BUFFER =
            key("body-buffer", size(4096, 1 << 30), "32KiB", "Octets of a mail in memory, per session");
    static final ConfigKey<Boolean> REPAIR_LINE_ENDS =
            key("repair-line-ends", ConfigTypes.TRUTH, false, "Make CRLF of bare CR and LF in a mail; else refuse it");
    static final ConfigKey<Integer> CONNECTIONS =
            key("connections", integer(1, 1_000_000), 20_000L, "Most connections at once, of all listeners");
    static final ConfigKey<Integer> CONNECTIONS_PER_CLIENT =
            key("connections-per-client", integer(1, 1_000_000), 20_000L, "The same from one address (IPv6: one /64)");
    static final ConfigTable LIMITS = table(
            "limits",
            "What one peer may use.",
            LINE,
            RECIPIENTS,
            ERRORS,
            JUNK_COMMANDS,
            LINE_FLOOD,
            BODY_BUFFER,
            HOPS,
            REPAIR_LINE_ENDS,
            CONNECTIONS,
            CONNECTIONS_PER_CLIENT);

    static final ConfigKey<Duration> GREETING_DELAY = key(
            "greeting-delay",
            duration(Duration.ZERO, Duration.ofMinutes(5)),
            "0s",
            "Who speaks within this time, before the greeting, is sent away");
    static final ConfigKey<Duration> COMMAND = key("command", TIME_OUT, "5m", "Waiting for a whole command");
    static final ConfigKey<Duration> DATA_BLOCK =
            key("data-block", TIME_OUT, "3m", "Waiting for the next octets of a mail");
    static final ConfigKey<Integer> MINIMUM_RATE =
            key("minimum-rate", integer(0, 1 << 30), 100L, "Octets per second that a mail must come at after a minute");
    static final ConfigKey<Duration> STRANGER =
            key("stranger", TIME_OUT, "10m", "A session that must log in, and has not");
    static final ConfigKey<Duration> HANDSHAKE =
            key("handshake", duration(Duration.ofMillis(100), Duration.ofMinutes(10)), "30s", "A whole TLS handshake");
    static final ConfigKey<Duration> STOP =
            key("stop", TIME_OUT, "20s", "How long a stop waits for the mails that are coming in");
    static final ConfigTable TIMEOUTS = table(
            "timeouts",
            "How long to wait.",
            GREETING_DELAY,
            COMMAND,
            DATA_BLOCK,
            MINIMUM_RATE,
            STRANGER,
            HANDSHAKE,
            STOP);

    static final ConfigKey<Long> SIZE_LIMIT =
            key("limit", size(0, Long.MAX_VALUE), "50MiB", "Largest mail; 0: no limit but the disk");
    static final ConfigTable SIZE = table("extension.SIZE", "RFC 1870.", SIZE_LIMIT);

    static final ConfigKey<List<String>> AUTH_MECHANISMS = key(
            "mechanisms", list(ConfigTypes.MECHANISM), List.of(), "In the order of the offer; []: all but EXTERNAL");
    static final ConfigKey<Boolean> AUTH_REQUIRE_TLS =
            key("require-tls", ConfigTypes.TRUTH, true, "Nobody logs in without TLS; passwords never go without it");
    static final ConfigKey<Integer> AUTH_FAILURES_PER_CONNECTION =
            key("failures-per-connection", integer(1, 1000), 6L, "Failed logins after which a session is closed");
    static final ConfigKey<Integer> AUTH_FAILURES_PER_ADDRESS =
            key("failures-per-address", integer(1, 1_000_000), 100L, "The same of one address in failure-window");
    static final ConfigKey<Duration> AUTH_FAILURE_WINDOW =
            key("failure-window", TIME_OUT, "10m", "How long the failures of an address are counted");
    static final ConfigKey<Duration> AUTH_FAILURE_DELAY = key(
            "failure-delay",
            duration(Duration.ZERO, Duration.ofSeconds(30)),
            "1s",
            "How long the answer to a failed login waits; twice as long each time, up to four times this");
    static final ConfigTable AUTH = table(
            "extension.AUTH",
            "RFC 4954.",
            AUTH_MECHANISMS,
            AUTH_REQUIRE_TLS,
            AUTH_FAILURES_PER_CONNECTION,
            AUTH_FAILURES_PER_ADDRESS,
            AUTH_FAILURE_WINDOW,
            AUTH_FAILURE_DELAY);

    static final ConfigKey<List<ListenerRole>> VRFY_VERIFY =
            key("verify", list(choice(ListenerRole.class)), List.of("submission"), "Roles on which VRFY tells users");
    static final ConfigKey<List<ListenerRole>> VRFY_EXPAND =
            key("expand", list(choice(ListenerRole.class)), List.of("submission"), "Roles on which EXPN tells lists");
    static final ConfigTable VRFY =
            table("extension.VRFY", "RFC 5321 section 3.5; elsewhere both answer 252.", VRFY_VERIFY, VRFY_EXPAND);

    static final ConfigKey<String> TLS_CERTIFICATE = optional(
            "certificate", ConfigTypes.PATH, "tls/cert.pem", "PEM chain; left out: self-signed, made below data");
    static final ConfigKey<String> TLS_KEY = optional("key", ConfigTypes.PATH, "tls/key.pem", "PEM private key");
    static final ConfigKey<String> TLS_PASSPHRASE_FILE = optional(
            "passphrase-file", ConfigTypes.PATH, "tls/passphrase", "The key's passphrase is this file's first line");
    static final ConfigKey<TlsProvider> TLS_PROVIDER =
            key("provider", choice(TlsProvider.class), "jsse", "jsse, or bouncycastle: with X25519MLKEM768");
    static final ConfigKey<ClientCertificates> TLS_CLIENT_AUTH = key(
            "client-auth", choice(ClientCertificates.class), "none", "Client certificates: none, request or require");
    static final ConfigKey<String> TLS_CLIENT_CA = optional(
            "client-ca", ConfigTypes.PATH, "tls/clients.pem", "PEM certificates that client certificates must lead to");
    static final ConfigKey<List<TlsProtocol>> TLS_PROTOCOLS = key(
            "protocols",
            ConfigTypes.some(choice(TlsProtocol.class)),
            List.of("tls-1.2", "tls-1.3"),
            "Versions that are spoken");
    static final ConfigKey<AlpnPolicy> TLS_ALPN =
            key("alpn", choice(AlpnPolicy.class), "strict", "strict: who names protocols must name smtp; or lenient");
    static final ConfigKey<Duration> TLS_RELOAD_INTERVAL = key(
            "reload-interval",
            duration(Duration.ZERO, Duration.ofDays(7)),
            "1m",
            "How often the files are looked at; a changed one is used at once, without a restart");
    static final ConfigTable TLS = table(
            "tls",
            "Certificates.",
            TLS_CERTIFICATE,
            TLS_KEY,
            TLS_PASSPHRASE_FILE,
            TLS_PROVIDER,
            TLS_CLIENT_AUTH,
            TLS_CLIENT_CA,
            TLS_PROTOCOLS,
            TLS_ALPN,
            TLS_RELOAD_INTERVAL);

    static final ConfigKey<String> SNI_CERTIFICATE = required(
            "certificate", ConfigTypes.PATH, "tls/other.pem", "PEM chain; taken when a client asks for its name");
    static final ConfigKey<String> SNI_KEY = required("key", ConfigTypes.PATH, "tls/other-key.pem", "PEM private key");
    static final ConfigKey<String> SNI_PASSPHRASE_FILE = optional(
            "passphrase-file", ConfigTypes.PATH, "tls/passphrase", "The key's passphrase is this file's first line");
    static final ConfigTable TLS_SNI = repeated(
            "tls.sni", "More certificates, for other names.", List.of(), SNI_CERTIFICATE, SNI_KEY, SNI_PASSPHRASE_FILE);

    static final ConfigKey<LogLevel> LOG_LEVEL =
            key("level", choice(LogLevel.class), "info", "error, warn, info, debug or trace");
    static final ConfigKey<LogFormat> LOG_FORMAT =
            key("format", choice(LogFormat.class), "text", "text or json; the log goes to standard error");
    static final ConfigTable LOG = table("log", "What the server tells.", LOG_LEVEL, LOG_FORMAT);

    /** All tables, in the order in which they are shown. */
    static final List<ConfigTable> TABLES = List.of(
            TOP,
            LISTENER,
            GatewayKeys.HTTP,
            DOMAINS,
            USERS,
            QueueKeys.QUEUE,
            QueueKeys.RELAY,
            QueueKeys.ROUTE,
            TurnKeys.TURN,
            QueueKeys.DNS,
            GatewayKeys.FILTER_TABLE,
            DeliveryKeys.ALIAS,
            DeliveryKeys.DELIVERY,
            DeliveryKeys.REPORTS,
            LIMITS,
            TIMEOUTS,
            SIZE,
            AUTH,
            VRFY,
            TLS,
            TLS_SNI,
            LOG);

    private ConfigKeys() {}

    private static Map<String, Object> listener(String name, String role, String address, String tls) {
        return Map.of("name", name, "role", role, "address", address, "tls", tls);
    }

    /** The table of that path. */
    static Optional<ConfigTable> find(String path) {
        return TABLES.stream().filter(table -> table.path().equals(path)).findFirst();
    }
}
