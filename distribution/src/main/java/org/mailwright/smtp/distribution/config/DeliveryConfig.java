package org.mailwright.smtp.distribution.config;

import org.mailwright.smtp.mailbox.PathTemplate;

/**
 * Where mail ends.
 *
 * @param local in what form
 * @param maildir the Maildir of a user
 * @param mbox the mbox file of a user
 * @param concurrency most mails for one local domain at the same time
 * @since 0.1.0
 */
public record DeliveryConfig(LocalDelivery local, PathTemplate maildir, PathTemplate mbox, int concurrency) {
    static DeliveryConfig of(ConfigFile file) {
        ConfigValues values = file.table(QueueKeys.DELIVERY);
        return new DeliveryConfig(
                values.get(QueueKeys.LOCAL_DELIVERY),
                file.template(values.get(QueueKeys.MAILDIR_PATH)),
                file.template(values.get(QueueKeys.MBOX_PATH)),
                values.get(QueueKeys.LOCAL_CONCURRENCY));
    }
}
