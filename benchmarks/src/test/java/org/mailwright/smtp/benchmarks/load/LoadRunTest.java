package org.mailwright.smtp.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadRunTest {

    private static final Map<String, String> REPLIES = Map.of(
            "EHLO", "250-sink\r\n250 PIPELINING\r\n", "LHLO", "250-sink\r\n250 PIPELINING\r\n", "DATA", "354 go\r\n");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger mails = new AtomicInteger();
    private final AtomicInteger octets = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::acceptAll);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void sendsManyMailsOnEachConnection() throws Exception {
        LoadResult result = new LoadRun(plan(50, true, false, false, 1)).run();
        assertTrue(result.good(), () -> result.tally().errors.toString());
        assertEquals(50, mails.get());
        assertEquals(50 * 1000, octets.get());
        assertTrue(connections.get() <= 4);
        assertEquals(50, result.tally().mail.getTotalCount());
    }

    @Test
    void opensAConnectionForEachMail() throws Exception {
        LoadResult result = new LoadRun(plan(20, false, false, false, 2)).run();
        assertTrue(result.good(), () -> result.tally().errors.toString());
        assertEquals(20, mails.get());
        assertTrue(connections.get() >= 20);
    }

    @Test
    void pipelinesAndSpeaksLmtp() throws Exception {
        LoadResult result = new LoadRun(plan(30, true, true, true, 3)).run();
        assertTrue(result.good(), () -> result.tally().errors.toString());
        assertEquals(30, mails.get());
    }

    @Test
    void countsWhatTheServerRefuses() throws Exception {
        LoadPlan plan = plan(3, true, false, false, 1);
        LoadPlan refused = new LoadPlan(
                plan.server(),
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
                plan.patience());
        LoadResult result = new LoadRun(refused).run();
        assertFalse(result.good());
        assertEquals(0, result.tally().accepted);
        assertEquals(3, result.tally().failed);
        assertEquals(Map.of("MAIL: unexpected reply to MAIL: 550 no", 3L), result.tally().errors);
        assertFalse(LoadReport.text(result).isEmpty());
        assertTrue(LoadReport.json(result).contains("\"failed\":3"));
    }

    private LoadPlan plan(int messages, boolean keep, boolean pipelining, boolean lmtp, int recipients) {
        InetSocketAddress to = (InetSocketAddress) server.getLocalSocketAddress();
        return new LoadPlan(
                to,
                4,
                messages,
                1000,
                keep,
                pipelining,
                TlsMode.NONE,
                lmtp,
                recipients,
                "a@example.test",
                "b{}@example.test",
                2,
                Duration.ofSeconds(20));
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> talk(socket));
            }
        } catch (SocketException closed) {
            return; // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void talk(Socket socket) {
        connections.incrementAndGet();
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            OutputStream out = socket.getOutputStream();
            say(out, "220 ready\r\n");
            int recipients = 0;
            boolean lmtp = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.substring(0, 4);
                lmtp |= verb.equals("LHLO");
                recipients = verb.equals("RCPT") ? recipients + 1 : recipients;
                if (line.contains("refuse")) {
                    say(out, "550 no\r\n");
                } else if (verb.equals("QUIT")) {
                    say(out, "221 bye\r\n");
                    return;
                } else {
                    say(out, REPLIES.getOrDefault(verb, "250 ok\r\n"));
                }
                if (verb.equals("DATA")) {
                    receive(in);
                    say(out, "250 taken\r\n".repeat(lmtp ? recipients : 1));
                    recipients = 0;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(BufferedReader in) throws IOException {
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            octets.addAndGet(line.length() + 2);
        }
        mails.incrementAndGet();
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
