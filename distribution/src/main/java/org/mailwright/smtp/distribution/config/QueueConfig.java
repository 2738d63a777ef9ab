package org.mailwright.smtp.distribution.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The queue.
 *
 * @param store where mail waits
 * @param folder the folder of a queue on this machine
 * @param url the database of a shared queue
 * @param user who logs in to the database
 * @param passwordFile the file whose first line is that user's password
 * @param retry time from one attempt to the next; the last one is repeated
 * @param expire age at which a mail is given up
 * @param delayWarning age at which a sender hears that his mail is late; zero: never
 * @param lease how long a lane is leased
 * @since 0.1.0
 */
public record QueueConfig(
        QueueStore store,
        Path folder,
        Optional<String> url,
        Optional<String> user,
        Optional<Path> passwordFile,
        List<Duration> retry,
        Duration expire,
        Duration delayWarning,
        Duration lease) {
    static QueueConfig of(ConfigFile file) {
        ConfigValues values = file.table(QueueKeys.QUEUE);
        return new QueueConfig(
                values.get(QueueKeys.STORE),
                file.path(values.get(QueueKeys.FOLDER)),
                values.find(QueueKeys.URL),
                values.find(QueueKeys.USER),
                values.find(QueueKeys.PASSWORD_FILE).map(file::path),
                values.get(QueueKeys.RETRY),
                values.get(QueueKeys.EXPIRE),
                values.get(QueueKeys.DELAY_WARNING),
                values.get(QueueKeys.LEASE));
    }
}
