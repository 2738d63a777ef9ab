package org.mailwright.smtp.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class LoadRunTest {

    private static SSLContext tls;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storepass",
                        "secret",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "secret".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "secret".toCharArray());
        tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void sendsManyMailsOnEachConnection(TlsMode mode) throws Exception {
        try (TestSink sink = new TestSink(mode, tls)) {
            LoadResult result = good(sink, plan(sink, mode, 50, 1000, true, false, false, 1));
            assertEquals(50, sink.mails.get());
            assertEquals(50 * 1000, sink.octets.get());
            assertTrue(sink.connections.get() <= 4);
            assertEquals(50, result.tally().mail.getTotalCount());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void opensAConnectionForEachMail(TlsMode mode) throws Exception {
        try (TestSink sink = new TestSink(mode, tls)) {
            good(sink, plan(sink, mode, 20, 1000, false, false, false, 2));
            assertEquals(20, sink.mails.get());
            assertTrue(sink.connections.get() >= 20);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void sendsLargeMails(TlsMode mode) throws Exception {
        try (TestSink sink = new TestSink(mode, tls)) {
            good(sink, plan(sink, mode, 4, 3_000_000, true, true, false, 1));
            assertEquals(4 * 3_000_000, sink.octets.get());
        }
    }

    @Test
    void pipelinesAndSpeaksLmtp() throws Exception {
        try (TestSink sink = new TestSink(TlsMode.NONE, tls)) {
            good(sink, plan(sink, TlsMode.NONE, 30, 1000, true, true, true, 3));
            assertEquals(30, sink.mails.get());
        }
    }

    @Test
    void countsWhatTheServerRefuses() throws Exception {
        try (TestSink sink = new TestSink(TlsMode.NONE, tls)) {
            LoadPlan plan = new LoadPlan(
                    sink.address(),
                    1,
                    3,
                    1000,
                    true,
                    false,
                    TlsMode.NONE,
                    false,
                    1,
                    "refuse@example.test",
                    "a@example.test",
                    1,
                    Duration.ofSeconds(20));
            LoadResult result = new LoadRun(plan).run();
            assertFalse(result.good());
            assertEquals(0, result.tally().accepted);
            assertEquals(3, result.tally().failed);
            assertEquals(Map.of("MAIL: unexpected reply to MAIL: 550 no", 3L), result.tally().errors);
            assertTrue(LoadReport.text(result).contains("FAILED        3 mails"));
            assertTrue(LoadReport.json(result).contains("\"failed\":3"));
        }
    }

    @Test
    void givesUpOnAServerThatIsNotThere() throws Exception {
        TestSink sink = new TestSink(TlsMode.NONE, tls);
        sink.close();
        LoadResult result = new LoadRun(plan(sink, TlsMode.NONE, 10, 1000, true, false, false, 1)).run();
        assertFalse(result.good());
        assertEquals(10, result.unsent());
        assertEquals(4L * Conversation.FAILURES_IN_A_ROW, result.tally().connections);
    }

    private static LoadResult good(TestSink sink, LoadPlan plan) throws Exception {
        LoadResult result = new LoadRun(plan).run();
        assertTrue(result.good(), () -> result.tally().errors.toString());
        assertEquals(List.<IOException>of(), sink.failures);
        return result;
    }

    private static LoadPlan plan(
            TestSink sink,
            TlsMode mode,
            int messages,
            long size,
            boolean keep,
            boolean pipelining,
            boolean lmtp,
            int recipients) {
        return new LoadPlan(
                sink.address(),
                4,
                messages,
                size,
                keep,
                pipelining,
                mode,
                lmtp,
                recipients,
                "a@example.test",
                "b{}@example.test",
                2,
                Duration.ofSeconds(20));
    }
}
