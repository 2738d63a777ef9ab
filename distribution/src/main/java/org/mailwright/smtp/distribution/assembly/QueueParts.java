package org.mailwright.smtp.distribution.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.mailwright.smtp.distribution.config.QueueConfig;
import org.mailwright.smtp.distribution.config.QueueStore;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.memory.MemoryMailQueue;
import org.mailwright.smtp.queue.schedule.QueueRunnerConfig;
import org.mailwright.smtp.queue.schedule.RetryPlan;
import org.mailwright.smtp.queue.sql.PostgresMailQueue;
import org.mailwright.smtp.queue.sql.PostgresQueueConfig;
import org.mailwright.smtp.queue.sql.SqlMailQueue;
import org.mailwright.smtp.queue.sql.SqlQueueConfig;

/** What a server has of smtp-queue and smtp-queue-sql. */
final class QueueParts {

    private static final Duration LINGER = Duration.ofSeconds(2);

    private QueueParts() {}

    /** Opens the queue, which need not be there yet. */
    static MailQueue open(QueueConfig config, DurableAttributes attributes) throws AssemblyException {
        try {
            return switch (config.store()) {
                case SQLITE -> sqlite(config, attributes);
                case POSTGRES -> PostgresMailQueue.open(postgres(config), attributes, InstantSource.system());
                case MEMORY ->
                    new MemoryMailQueue(config.lease(), Runtime.getRuntime().maxMemory() / 4, InstantSource.system());
                case NONE -> throw new IllegalArgumentException("there is no queue to open");
            };
        } catch (IOException e) {
            throw AssemblyException.passing("queue: " + e.getMessage(), e);
        } catch (NoClassDefFoundError e) {
            throw new AssemblyException("queue.store: needs smtp-queue-sql, which is not installed", e);
        }
    }

    private static MailQueue sqlite(QueueConfig config, DurableAttributes attributes) throws IOException {
        SqlQueueConfig usual = SqlQueueConfig.in(config.folder());
        return SqlMailQueue.open(
                new SqlQueueConfig(
                        usual.folder(),
                        usual.journal(),
                        usual.inline(),
                        config.lease(),
                        usual.gather(),
                        usual.reserve()),
                attributes,
                InstantSource.system());
    }

    private static PostgresQueueConfig postgres(QueueConfig config) throws AssemblyException {
        try {
            return PostgresQueueConfig.of(
                            config.url().orElseThrow(),
                            config.user().orElseGet(() -> System.getProperty("user.name", "")),
                            () -> config.passwordFile()
                                    .map(QueueParts::firstLine)
                                    .orElse(""))
                    .withLease(config.lease());
        } catch (IllegalArgumentException e) {
            throw new AssemblyException("queue." + e.getMessage(), e);
        }
    }

    private static String firstLine(Path file) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String line = in.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException("queue.password-file: " + file + " cannot be read", e);
        }
    }

    static QueueRunnerConfig runner(QueueConfig config) {
        boolean shared = config.store() == QueueStore.POSTGRES;
        return QueueRunnerConfig.DEFAULT
                .withRetry(new RetryPlan(config.retry(), RetryPlan.DEFAULT.jitter(), config.delayWarning()))
                .withLease(config.lease())
                .withLinger(shared ? LINGER.dividedBy(4) : LINGER)
                .withPoll(shared ? Duration.ofMillis(200) : Duration.ofSeconds(1));
    }
}
