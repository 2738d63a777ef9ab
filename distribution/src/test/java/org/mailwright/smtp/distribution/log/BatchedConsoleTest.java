package org.mailwright.smtp.distribution.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.distribution.config.LogFormat;

class BatchedConsoleTest {

    private final LoggerContext context = new LoggerContext();
    private final LinkedBlockingQueue<String> writes = new LinkedBlockingQueue<>();
    private final OutputStream out = new ByteArrayOutputStream() {
        @Override
        public void flush() {
            writes.add(toString(StandardCharsets.UTF_8));
            reset();
        }
    };
    private final BatchedConsole console = new BatchedConsole(new LogLine(LogFormat.TEXT), out);
    private final Logger log = context.getLogger("test");

    @BeforeEach
    void attach() {
        console.setContext(context);
        console.start();
        log.addAppender(console);
        log.setLevel(Level.INFO);
    }

    @AfterEach
    void detach() {
        console.stop();
    }

    @Test
    void writesEveryLineInOrderInFewWrites() throws InterruptedException {
        int lines = 3 * BatchedConsole.MOST_WAITING;
        for (int i = 0; i < lines; i++) {
            log.info("line {}", i);
        }
        console.finish();
        int count = 0;
        int batches = 0;
        while (count < lines) {
            String batch = writes.poll(10, TimeUnit.SECONDS);
            assertTrue(batch != null, "only " + count + " lines were written");
            for (String line : batch.lines().toList()) {
                assertTrue(line.endsWith(" INFO test: line " + count), line);
                count++;
            }
            batches++;
        }
        assertEquals(lines, count);
        assertTrue(batches < lines / 10, batches + " writes");
    }

    @Test
    void writesALineThatStandsAlone() throws InterruptedException {
        log.warn("careful");
        String batch = writes.poll(10, TimeUnit.SECONDS);
        assertTrue(batch != null && batch.endsWith(" WARN test: careful\n"), batch);
        log.info("well");
        batch = writes.poll(10, TimeUnit.SECONDS);
        assertTrue(batch != null && batch.endsWith(" INFO test: well\n"), batch);
    }

    @Test
    void writesAtOnceWhenTheProcessEnds() {
        console.finish();
        log.info("last words");
        assertEquals(1, writes.size());
        assertTrue(writes.remove().endsWith(" INFO test: last words\n"));
    }
}
