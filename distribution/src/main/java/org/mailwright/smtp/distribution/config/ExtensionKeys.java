package org.mailwright.smtp.distribution.config;

import static org.mailwright.smtp.distribution.config.ConfigKey.key;
import static org.mailwright.smtp.distribution.config.ConfigKey.optional;
import static org.mailwright.smtp.distribution.config.ConfigTable.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of extensions that read their tables themselves, only to be shown: an extension has the say about its own.
 */
final class ExtensionKeys {
    /** What the names of their tables begin with. */
    static final String PREFIX = "extension.";

    private static final ConfigType<Object> ANY = new ConfigType<>("what the extension says", Optional::of);
    private static final List<String> NOBODY = List.of();

    /** In the order in which they are shown. */
    static final List<ConfigTable> TABLES = List.of(
            table(
                    PREFIX + "8BITMIME",
                    "RFC 6152.",
                    key("missing", ANY, "convert", "For a host without it: convert, refuse, or send as it is")),
            table(
                    PREFIX + "CHUNKING",
                    "RFC 3030.",
                    key("from", ANY, "1MiB", "Smaller mails go out by DATA"),
                    key("chunk", ANY, "256KiB", "Octets of a chunk")),
            table(
                    PREFIX + "SMTPUTF8",
                    "RFC 6531.",
                    key("detect", ANY, true, "UTF-8 in a header counts though nobody declared it")),
            table(
                    PREFIX + "DSN",
                    "RFC 3461.",
                    key(
                            "silence-peers",
                            ANY,
                            false,
                            "What nobody wants reports of has no reverse-path towards hosts without DSN")),
            table(
                    PREFIX + "BURL",
                    "RFC 4468. Offered for submission once there are servers.",
                    key("largest", ANY, "50MiB", "Octets of a piece"),
                    key("timeout", ANY, "2m", "From the connection to the last octet of a piece"),
                    optional(
                            "servers",
                            ANY,
                            Map.of("imap.example.org", Map.of("password", "secret")),
                            "IMAP servers by the host of their URLs, with host, port, tls, trust, user, password and"
                                    + " on-behalf")),
            table(
                    PREFIX + "CONNEG",
                    "RFC 4141. Offered once something is known.",
                    optional(
                            "capabilities",
                            ANY,
                            Map.of("fax@example.org", "(color=binary)"),
                            "What a recipient can take, or all of a domain (RFC 2533)")),
            table(
                    PREFIX + "DELIVERBY",
                    "RFC 2852.",
                    optional("least", ANY, "5m", "Shortest time that is promised; left out: no promise")),
            table(
                    PREFIX + "FUTURERELEASE",
                    "RFC 4865.",
                    key("longest", ANY, "30d", "Longest time that a mail is held")),
            table(
                    PREFIX + "MT-PRIORITY",
                    "RFC 6710.",
                    optional("policy", ANY, "MIXER", "The policy that priorities follow, as IANA knows it"),
                    key("strangers", ANY, 0L, "Highest priority of who has not logged in, -9 to 9"),
                    key("users", ANY, 9L, "Highest priority of who has"),
                    key("least", ANY, -9L, "Lowest priority that is served now"),
                    optional("sizes", ANY, Map.of("6", "64KiB"), "From a priority on, the octets of a mail"),
                    key("tunnel", ANY, false, "To and from hosts without it in a header field (RFC 6758)")),
            table(
                    PREFIX + "LIMITS",
                    "RFC 9422.",
                    key("mails", ANY, 0L, "Most mails of a connection; 0: any number"),
                    key("recipients", ANY, 0L, "Most recipients of a mail; 0: as many as the listener takes"),
                    key("domains", ANY, 0L, "Most domains of the recipients of a connection; 0: any number")),
            table(
                    PREFIX + "ETRN",
                    "RFC 1985.",
                    key("require-auth", ANY, false, "Only who has logged in may ask for mail"),
                    key("interval", ANY, "1m", "Shortest time from one ETRN of a domain to the next")),
            table(
                    PREFIX + "NO-SOLICITING",
                    "RFC 3865.",
                    key("refused", ANY, List.of(), "Classes that are not taken, such as \"net.example:ADV\"")),
            table(
                    PREFIX + "PROXY",
                    "The PROXY protocol of load balancers.",
                    key("trusted", ANY, NOBODY, "Networks that have to speak it, such as \"10.0.0.0/8\""),
                    key("timeout", ANY, "10s", "Waiting for its header")),
            table(
                    PREFIX + "XCLIENT",
                    "Postfix's way to tell who the client is.",
                    key("trusted", ANY, NOBODY, "Networks that may use it")),
            table(
                    PREFIX + "XFORWARD",
                    "Postfix's way to tell where a mail came from.",
                    key("trusted", ANY, NOBODY, "Networks that may use it")));

    private ExtensionKeys() {}
}
