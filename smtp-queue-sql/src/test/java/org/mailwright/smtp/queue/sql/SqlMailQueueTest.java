package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.MailQueueContract;
import org.mailwright.smtp.testkit.TestClock;

class SqlMailQueueTest extends MailQueueContract {

    private final TestClock clock = TestClock.at("2030-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    private int life;

    private Path home() {
        return folder.resolve("life" + life);
    }

    @Override
    protected MailQueue open() throws IOException {
        return SqlMailQueue.open(SqlQueueConfig.in(home()), ATTRIBUTES, clock);
    }

    @Override
    protected boolean many() {
        return false;
    }

    /** The files are copied as they are while the queue is open: what a killed process leaves. */
    @Override
    protected MailQueue reopen(MailQueue queue) throws IOException {
        Path from = home();
        life++;
        Path to = home();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        queue.close();
        return open();
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }

    @Test
    void oneProcessHasAQueueAlone() throws IOException {
        try (MailQueue first = open()) {
            IOException e = assertThrows(IOException.class, this::open);
            assertTrue(e.toString().contains("in use"), e.toString());
            assertTrue(first.pressure().isEmpty(), "room");
        }
        open().close();
    }
}
