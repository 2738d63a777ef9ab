package org.mailwright.smtp.queue.sql;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks each second for a database that is away, and each minute for what is left over in it. */
final class PostgresWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);
    private static final int LOOKS_PER_SWEEP = 60;
    private static final Duration GONE = Duration.ofDays(7);

    private final PostgresReach reach;
    private final PostgresLink reader;
    private final PostgresContents contents;
    private final String now;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("queue watch").daemon(true).factory());
    private int looked;

    PostgresWatch(PostgresReach reach, PostgresLink reader, PostgresContents contents, String now) {
        this.reach = reach;
        this.reader = reader;
        this.contents = contents;
        this.now = now;
    }

    void start() {
        ScheduledFuture<?> unused = looks.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            if (reach.isAway()) {
                reader.probe();
            } else if (++looked % LOOKS_PER_SWEEP == 0) {
                sweep();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("the queue cannot be looked after now: {}", e.toString());
        }
    }

    /** Removes what belongs to no mail, and what nodes left that ended long ago. */
    void sweep() throws IOException {
        contents.sweep();
        reader.ask(sql -> sql.update("DELETE FROM node WHERE seen < " + now + " - ?", GONE.toMillis()));
    }

    void close() {
        looks.shutdownNow();
    }
}
