package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;

/**
 * Who has a mailbox.
 *
 * @param file users and their salted hashes
 * @param unknownRecipients what becomes of mail to others
 * @param postmaster the user who gets the mail for postmaster
 * @param detailSeparator what separates user and detail; empty: nothing does
 * @since 0.1.0
 */
public record UsersConfig(Path file, UnknownRecipients unknownRecipients, String postmaster, String detailSeparator) {

    static UsersConfig of(ConfigFile file) {
        ConfigValues values = file.table(ConfigKeys.USERS);
        return new UsersConfig(
                file.path(values.get(ConfigKeys.USERS_FILE)),
                values.get(ConfigKeys.UNKNOWN_RECIPIENTS),
                values.get(ConfigKeys.POSTMASTER),
                values.get(ConfigKeys.DETAIL_SEPARATOR));
    }
}
