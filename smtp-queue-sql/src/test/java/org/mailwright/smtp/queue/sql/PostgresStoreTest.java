package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.MailWriter;
import org.mailwright.smtp.queue.QueueView;

/** What the tables keep, who may open them, and what nobody gets to see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PostgresStoreTest {

    private PostgresServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static PostgresMailQueue open(PostgresQueueConfig config) throws IOException {
        return PostgresMailQueue.open(config, new DurableAttributes(List.of()), InstantSource.system());
    }

    private PostgresContents contents(String database) {
        PostgresReach reach = new PostgresReach("test");
        PostgresQueueConfig config = server.config(database);
        return new PostgresContents(
                new PostgresLink(config, reach, PostgresLink.Use.READ),
                new PostgresLink(config, reach, PostgresLink.Use.FILL),
                PostgresMailQueue.CLOCK);
    }

    private long chunks(String database) throws Exception {
        return server.number(database, "SELECT count(*) FROM chunk");
    }

    @Test
    void chunksOfNoMailAreRemoved() throws Exception {
        String database = server.create();
        try (PostgresMailQueue queue = open(server.config(database))) {
            MailWriter abandoned = queue.begin("Q1");
            abandoned.write(ByteBuffer.allocate(1 << 20));
            abandoned.abort();
            MailWriter broken = queue.begin("Q2");
            broken.write(ByteBuffer.allocate(1 << 20));
            KilledProcess.commit(queue, "Q3", 1 << 20);
            KilledProcess.commit(queue, "Q4", 1 << 20);
            assertEquals(Map.of("Q4", 1L), queue.view().delete(QueueView.Selection.message("Q4")));
            PostgresContents contents = contents(database);
            contents.sweep();
            assertEquals(15, chunks(database), "8 of Q3, and what Q2 has had to write so far");
            server.sql(database, "UPDATE leftover SET since = since - 90000000");
            contents.sweep();
            assertEquals(8, chunks(database));
            assertEquals(0, server.number(database, "SELECT count(*) FROM leftover"));
            assertEquals(1, queue.view().list(QueueView.Selection.ALL, 10).size());
        }
    }

    @Test
    void aMailThatLacksAChunkIsRefused() throws Exception {
        String database = server.create();
        try (PostgresMailQueue queue = open(server.config(database))) {
            KilledProcess.commit(queue, "Q1", 300_000);
            MailWriter writer = queue.begin("Q2");
            writer.write(ByteBuffer.wrap(KilledProcess.content("Q2", 300_000)));
            // as a server does that crashes before the commit
            server.sql(database, "DELETE FROM chunk WHERE message = 'Q2' AND n = 0");
            IOException e = assertThrows(IOException.class, () -> KilledProcess.commit(writer, "Q2", 300_000));
            assertTrue(e.toString().contains("of 300000 octets are there"), e.toString());
            assertEquals(1, queue.view().list(QueueView.Selection.ALL, 10).size());
            assertEquals(
                    3,
                    server.number(database, "SELECT count(*) FROM chunk WHERE message = 'Q1'"),
                    "the other one is whole");
        }
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        String database = server.create();
        open(server.config(database)).close();
        server.sql(database, "UPDATE mailwright_schema SET version = 7");
        IOException e = assertThrows(IOException.class, () -> open(server.config(database)));
        assertTrue(e.toString().contains("schema 7"), e.getMessage());
        assertTrue(e.toString().contains("newer"), e.getMessage());
        server.sql(database, "UPDATE mailwright_schema SET version = 1");
        open(server.config(database)).close();
    }

    @Test
    void manyNodesMakeTheTablesTogether() throws Exception {
        String database = server.create();
        List<Thread> threads = new ArrayList<>();
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 5; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    open(server.config(database)).close();
                } catch (IOException e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        assertEquals(1, server.number(database, "SELECT count(*) FROM mailwright_schema"));
    }

    @Test
    void aStandbyIsNotTaken() throws Exception {
        String database = server.create();
        server.sql(database, "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        IOException e = assertThrows(IOException.class, () -> open(server.config(database)));
        assertTrue(e.toString().contains("standby"), e.getMessage());
    }

    @Test
    void nobodySeesThePassword() throws Exception {
        String wrong = "not-the-password";
        PostgresQueueConfig config = PostgresQueueConfig.of(
                server.url(server.create()) + "?ApplicationName=x", PostgresServer.USER, () -> wrong);
        assertFalse(config.toString().contains(wrong), config.toString());
        IOException e = assertThrows(IOException.class, () -> open(config));
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        assertFalse(text.toString().contains(wrong), text.toString());
        assertTrue(e.toString().toLowerCase(Locale.ROOT).contains("password authentication failed"), e.getMessage());
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> PostgresQueueConfig.of("jdbc:postgresql://h/d?password=" + wrong, "u", () -> ""));
        assertFalse(String.valueOf(refused.getMessage()).contains(wrong), refused.getMessage());
    }

    @Test
    void whoeverUsesFilesLoadsNothingOfPostgres() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommitRate.class.getName(),
                        folder.toString(),
                        "1",
                        "3")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
        assertTrue(said.contains("org.sqlite."), "SQLite is loaded");
        assertTrue(said.contains("mails/s"), "it worked");
        assertFalse(said.contains("org.postgresql."), "PostgreSQL is loaded");
    }
}
