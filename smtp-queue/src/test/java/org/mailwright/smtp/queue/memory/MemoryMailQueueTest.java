package org.mailwright.smtp.queue.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.MailQueueContract;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.QueueFullException;
import org.mailwright.smtp.testkit.TestClock;

class MemoryMailQueueTest extends MailQueueContract {

    private final TestClock clock = TestClock.at("2030-01-31T12:00:00Z");

    @Override
    protected MailQueue open() {
        return new MemoryMailQueue(Duration.ofSeconds(60), 64 << 20, clock);
    }

    @Override
    protected boolean many() {
        return false;
    }

    /** There is nothing to read again: what it holds is all there is. */
    @Override
    protected MailQueue reopen(MailQueue queue) {
        return queue;
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
    void itHoldsNoMoreThanItMay() throws IOException {
        try (MemoryMailQueue queue = new MemoryMailQueue(Duration.ofSeconds(60), 1000, clock)) {
            MailWriter writer = queue.begin("Q1");
            writer.write(ByteBuffer.wrap(new byte[999]));
            assertThrows(QueueFullException.class, () -> writer.write(ByteBuffer.wrap(new byte[2])));
            writer.abort();
            assertEquals(0, writer.size());
            assertTrue(queue.pressure().isEmpty(), "room");
        }
    }
}
