package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mailwright.smtp.mailbox.PathTemplate;
import org.mailwright.smtp.mailbox.quota.Quota;
import org.mailwright.smtp.mailbox.quota.WhenFull;

/**
 * Where mail ends.
 *
 * @param local in what form
 * @param maildir the Maildir of a user
 * @param mbox the mbox file of a user
 * @param forward the file of a user with the addresses that his mail goes to, if users have one
 * @param aliases the file of other names and lists, if there is one
 * @param quota how much a Maildir holds
 * @param whenFull what becomes of mail for one that is full
 * @param concurrency most mails for one local domain at the same time
 * @since 0.1.0
 */
public record DeliveryConfig(
        LocalDelivery local,
        PathTemplate maildir,
        PathTemplate mbox,
        Optional<PathTemplate> forward,
        Optional<Path> aliases,
        Quota quota,
        WhenFull whenFull,
        int concurrency) {
    static DeliveryConfig of(ConfigFile file) {
        ConfigValues values = file.table(DeliveryKeys.DELIVERY);
        return new DeliveryConfig(
                values.get(DeliveryKeys.LOCAL_DELIVERY),
                file.template(values.get(DeliveryKeys.MAILDIR_PATH)),
                file.template(values.get(DeliveryKeys.MBOX_PATH)),
                values.find(DeliveryKeys.FORWARD).map(file::template),
                file.table(DeliveryKeys.ALIAS).find(DeliveryKeys.ALIASES).map(file::path),
                new Quota(values.get(DeliveryKeys.QUOTA), values.get(DeliveryKeys.QUOTA_MAILS)),
                values.get(DeliveryKeys.WHEN_FULL),
                values.get(DeliveryKeys.LOCAL_CONCURRENCY));
    }
}
