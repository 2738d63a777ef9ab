package org.mailwright.smtp.distribution.config;

import org.mailwright.smtp.mailbox.PathTemplate;

/**
 * Where mail ends.
 *
 * @param local in what form
 * @param maildir the Maildir of a user
 * @since 0.1.0
 */
public record DeliveryConfig(LocalDelivery local, PathTemplate maildir) {

    static DeliveryConfig of(ConfigFile file) {
        ConfigValues values = file.table(ConfigKeys.DELIVERY);
        return new DeliveryConfig(
                values.get(ConfigKeys.LOCAL_DELIVERY), file.template(values.get(ConfigKeys.MAILDIR_PATH)));
    }
}
