package org.mailwright.smtp.distribution.config;

import static org.mailwright.smtp.distribution.config.ConfigKey.key;
import static org.mailwright.smtp.distribution.config.ConfigKey.optional;
import static org.mailwright.smtp.distribution.config.ConfigKey.required;
import static org.mailwright.smtp.distribution.config.ConfigTable.repeated;

import java.util.List;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.relay.NextHop;

/** The keys of mail that waits until its host fetches it. */
final class TurnKeys {

    private static final String HOP = "a next hop: \"DOMAIN\", \"[HOST]\" or \"[ADDRESS]\", perhaps with \":PORT\"";
    private static final ConfigType<String> NAME = ConfigTypes.text("the name of a user", text -> !text.isBlank());
    private static final ConfigType<String> WAITING =
            ConfigTypes.checked("a domain such as \"branch.example\"", text -> {
                Domain.parse(text);
                return text;
            });

    static final ConfigKey<String> USER =
            optional("user", NAME, "branch@example.org", "Who fetches it, by ATRN or TURN; as he logs in");
    static final ConfigKey<String> SECRET_FILE = optional(
            "secret-file",
            ConfigTypes.PATH,
            "branch-secret",
            "The user's password is this file's first line, too: for clients that know CRAM-MD5 alone");
    static final ConfigKey<NextHop> HOST = optional(
            "host",
            ConfigTypes.checked(HOP, text -> NextHop.parse(text, NextHop.SMTP_PORT)),
            "[branch.example]:25",
            "Where it goes when somebody asks for it by ETRN");
    static final ConfigKey<Boolean> DELAY_WARNING = key(
            "delay-warning",
            ConfigTypes.TRUTH,
            false,
            "Senders hear of mail that waits for long, as queue.delay-warning says");
    static final ConfigKey<List<String>> DOMAINS = required(
            "domains",
            ConfigTypes.some(WAITING),
            List.of("branch.example"),
            "Mail for them is taken from anyone, and waits until it is fetched or expires");
    static final ConfigTable TURN = repeated(
            "turn",
            "Mail that waits here until its host fetches it.",
            List.of(),
            DOMAINS,
            USER,
            SECRET_FILE,
            HOST,
            DELAY_WARNING);

    private TurnKeys() {}
}
