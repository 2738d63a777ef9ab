package org.mailwright.smtp.distribution.config;

import static org.mailwright.smtp.distribution.config.ConfigKey.key;
import static org.mailwright.smtp.distribution.config.ConfigKey.optional;
import static org.mailwright.smtp.distribution.config.ConfigTable.table;
import static org.mailwright.smtp.distribution.config.ConfigTypes.choice;
import static org.mailwright.smtp.distribution.config.ConfigTypes.count;
import static org.mailwright.smtp.distribution.config.ConfigTypes.integer;
import static org.mailwright.smtp.distribution.config.ConfigTypes.size;

import java.nio.file.Path;
import org.mailwright.smtp.mailbox.quota.WhenFull;

/** The keys of local delivery, and of reports. */
final class DeliveryKeys {

    private static final ConfigType<String> USER_FOLDER =
            ConfigTypes.checked("a path with {user}, and perhaps {domain} and {data}", text -> {
                ConfigFile.template(Path.of("data"), Path.of("folder"), text);
                return text;
            });
    static final ConfigKey<String> ALIASES =
            optional("file", ConfigTypes.PATH, "aliases", "Aliases, lists and catch-alls; read again when it changes");
    static final ConfigTable ALIAS = table("aliases", "Other names of users, and lists.", ALIASES);

    static final ConfigKey<LocalDelivery> LOCAL_DELIVERY = key(
            "local",
            ConfigTypes.explained("one of " + LocalDelivery.EXPECTED, LocalDelivery::parse),
            "maildir",
            "maildir, mbox, lmtp:HOST:PORT, lmtp:/PATH, pipe:[PROGRAM, ...], or discard: thrown away");
    static final ConfigKey<String> MAILDIR_PATH =
            key("maildir", USER_FOLDER, "{data}/mail/{domain}/{user}", "The Maildir of a user; relative to this file");
    static final ConfigKey<String> MBOX_PATH =
            key("mbox", USER_FOLDER, "{data}/mbox/{domain}/{user}", "The mbox file of a user; relative to this file");
    static final ConfigKey<Integer> LOCAL_CONCURRENCY =
            key("concurrency", integer(1, 10_000), 20L, "Most mails for one local domain at the same time");
    static final ConfigKey<String> FORWARD = optional(
            "forward",
            USER_FOLDER,
            "{data}/mail/{domain}/{user}/forward",
            "A user's file of addresses his mail goes to");
    static final ConfigKey<Long> QUOTA =
            key("quota", size(0, Long.MAX_VALUE), 0L, "Most octets of a Maildir; 0: no bound");
    static final ConfigKey<Long> QUOTA_MAILS = key("quota-mails", count(), 0L, "Most mails of a Maildir; 0: no bound");
    static final ConfigKey<WhenFull> WHEN_FULL = key(
            "when-full",
            choice(WhenFull.class),
            "defer",
            "defer: tried again until it expires; refuse: goes back at once; both said at RCPT");
    static final ConfigTable DELIVERY = table(
            "delivery",
            "Where mail ends.",
            LOCAL_DELIVERY,
            MAILDIR_PATH,
            MBOX_PATH,
            FORWARD,
            QUOTA,
            QUOTA_MAILS,
            WHEN_FULL,
            LOCAL_CONCURRENCY);

    static final ConfigKey<String> REPORT_TEXTS = optional(
            "texts", ConfigTypes.PATH, "reports.txt", "What people read in reports; left out: the usual words");
    static final ConfigKey<Long> REPORT_RETURNED =
            key("returned", size(0, 16 << 20), "50KiB", "Larger mails are not sent back whole; of them the header is");
    static final ConfigTable REPORTS =
            table("reports", "What senders hear of mail that is not delivered.", REPORT_TEXTS, REPORT_RETURNED);

    private DeliveryKeys() {}
}
