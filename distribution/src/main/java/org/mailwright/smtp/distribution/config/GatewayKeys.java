package org.mailwright.smtp.distribution.config;

import static org.mailwright.smtp.distribution.config.ConfigKey.key;
import static org.mailwright.smtp.distribution.config.ConfigKey.optional;
import static org.mailwright.smtp.distribution.config.ConfigKey.required;
import static org.mailwright.smtp.distribution.config.ConfigTable.repeated;
import static org.mailwright.smtp.distribution.config.ConfigTypes.choice;
import static org.mailwright.smtp.distribution.config.ConfigTypes.duration;
import static org.mailwright.smtp.distribution.config.ConfigTypes.integer;

import java.time.Duration;
import java.util.List;

/** The keys of ways in that are no SMTP, and of content filters. */
final class GatewayKeys {
    private static final ConfigType<HostPort> FILTER = new ConfigType<>(
            "a host and port such as \"127.0.0.1:10024\"",
            value -> ConfigTypes.HOST_PORT.read(value).filter(at -> at.port() > 0));

    static final ConfigKey<String> HTTP_NAME =
            required("name", ConfigTypes.LABEL, "http", "What it is called in the log; no listener has the name");
    static final ConfigKey<HostPort> HTTP_ADDRESS =
            required("address", ConfigTypes.HOST_PORT, "127.0.0.1:8025", "Where it listens; port 0 is any free one");
    static final ConfigKey<HttpTls> HTTP_TLS =
            key("tls", choice(HttpTls.class), "implicit", "implicit: HTTPS; none: for clients on this host alone");
    static final ConfigKey<Integer> HTTP_REQUESTS =
            key("requests", integer(1, 10_000), 64L, "Most requests at the same time; more wait");
    static final ConfigKey<Duration> HTTP_TIMEOUT = key(
            "timeout",
            duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "1m",
            "How long a request may take until its mail is whole");
    static final ConfigTable HTTP = repeated(
            "http",
            "Where users give mail by HTTP: POST /v1/mail?from=ADDRESS&to=ADDRESS, the mail as the body.",
            List.of(),
            HTTP_NAME,
            HTTP_ADDRESS,
            HTTP_TLS,
            HTTP_REQUESTS,
            HTTP_TIMEOUT);

    static final ConfigKey<HostPort> FILTER_BEFORE = optional(
            "before", FILTER, "127.0.0.1:10024", "Asked while the client waits: what it refuses is never accepted");
    static final ConfigKey<HostPort> FILTER_AFTER =
            optional("after", FILTER, "127.0.0.1:10024", "The same once the mail is in the queue; not both");
    static final ConfigKey<Integer> FILTER_CONNECTIONS =
            key("connections", integer(1, 1000), 10L, "Most mails that are filtered at the same time");
    static final ConfigTable FILTER_TABLE = ConfigTable.table(
            "filter",
            "A content filter that takes mail by SMTP and gives it back to a listener with filtered = false.",
            FILTER_BEFORE,
            FILTER_AFTER,
            FILTER_CONNECTIONS);

    private GatewayKeys() {}
}
