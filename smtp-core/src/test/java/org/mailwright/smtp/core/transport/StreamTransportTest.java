package org.mailwright.smtp.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTransportTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ByteBuffer octets(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private StreamTransport over(InputStream in) {
        return new StreamTransport(in, out, MemoryTransport.Options.DEFAULTS);
    }

    /** Closes at the end of input. */
    private static final class Server extends Recorder {
        Server(Action action) {
            super(action);
        }

        @Override
        public void inputClosed() {
            super.inputClosed();
            link().close();
        }
    }

    @Test
    void talksUntilTheInputEnds() throws Exception {
        Recorder server =
                new Server((link, text) -> link.offload(() -> {}, () -> link.write(octets("<" + text + ">"))));
        assertEquals("", over(input("hello")).run(server));
        assertEquals("<hello>", out.toString(StandardCharsets.ISO_8859_1));
        assertEquals(List.of("opened", "received hello", "inputClosed", "closed "), server.events);
    }

    @Test
    void closesBeforeTheInputEnds() throws Exception {
        try (PipedOutputStream peer = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(peer)) {
            Recorder server = new Recorder((link, text) -> {
                link.write(octets("bye"));
                link.close();
            });
            peer.write("QUIT".getBytes(StandardCharsets.ISO_8859_1));
            peer.flush();
            assertEquals("", over(in).run(server));
            assertEquals("bye", out.toString(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void tellsOfTheDeadline() throws Exception {
        try (PipedOutputStream peer = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(peer)) {
            Recorder server = new Recorder() {
                @Override
                public void opened(Transport link) {
                    super.opened(link);
                    link.deadline(Duration.ofMillis(50));
                }

                @Override
                public void expired() {
                    super.expired();
                    link().close();
                }
            };
            assertEquals("", over(in).run(server));
            assertEquals(List.of("opened", "expired", "closed "), server.events);
        }
    }

    @Test
    void runsTasksOfOtherThreads() throws Exception {
        try (PipedOutputStream peer = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(peer)) {
            Recorder server = new Recorder() {
                @Override
                public void opened(Transport link) {
                    super.opened(link);
                    Thread.ofVirtual().start(() -> link.execute(link::close));
                }
            };
            assertEquals("", over(in).run(server));
            assertEquals(List.of("opened", "closed "), server.events);
        }
    }

    @Test
    void tellsOfAPeerThatReadsNoMore() throws Exception {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        Recorder server = new Recorder((link, text) -> link.write(octets("answer")));
        assertEquals(
                "broken pipe",
                new StreamTransport(input("hello"), broken, MemoryTransport.Options.DEFAULTS).run(server));
        assertEquals("closed broken pipe", server.events.getLast());
    }

    @Test
    void readsNoFurtherThanTheConversationDoes() throws Exception {
        Recorder server = new Server((link, text) -> {
            link.suspendReading();
            link.write(octets(text.length() + " "));
            link.execute(link::resumeReading);
        });
        over(input("x".repeat(40_000))).run(server);
        assertEquals("16384 16384 7232 ", out.toString(StandardCharsets.ISO_8859_1));
    }
}
