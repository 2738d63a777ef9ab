package org.mailwright.smtp.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class MemoryTransportTest {
    private static final TlsPolicy POLICY = new TlsPolicy() {
        @Override
        public SSLEngine newEngine(SocketAddress remote) throws IOException {
            throw new IOException("memory has no engine");
        }

        @Override
        public TlsSession describe(SSLEngine engine) throws IOException {
            throw new IOException("memory has no engine");
        }
    };

    private static ByteBuffer octets(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void deliversAndCollects() {
        Recorder recorder = new Recorder((link, text) -> {
            link.write(octets("<" + text));
            link.write(octets(">"));
        });
        MemoryTransport transport = new MemoryTransport();
        transport.begin(recorder);
        transport.feed("a");
        transport.feed("b");
        assertEquals(4, transport.writes());
        assertEquals("<a><b>", transport.take());
        transport.endInput();
        transport.disconnect("reset");
        assertEquals(List.of("opened", "received a", "received b", "inputClosed", "closed reset"), recorder.events);
        assertEquals(Optional.of("reset"), transport.closedWhy());
    }

    @Test
    void holdsOctetsWhileSuspendedAndJoinsThem() {
        Recorder recorder = new Recorder((link, text) -> link.suspendReading());
        MemoryTransport transport = new MemoryTransport();
        transport.begin(recorder);
        transport.feed("a");
        transport.feed("b");
        transport.feed("c");
        transport.endInput();
        assertFalse(transport.reading());
        recorder.link().resumeReading();
        assertEquals(List.of("opened", "received a", "received bc"), recorder.events);
        recorder.link().resumeReading();
        assertEquals("inputClosed", recorder.events.getLast());
    }

    @Test
    void tellsNothingWhileWorkIsOffloaded() {
        StringBuilder order = new StringBuilder();
        Recorder recorder = new Recorder((link, text) -> {
            if (text.equals("work")) {
                link.deadline(Duration.ofSeconds(10));
                link.offload(() -> link.execute(() -> order.append("task ")), () -> order.append("then "));
            }
        });
        MemoryTransport transport = new MemoryTransport(MemoryTransport.Options.DEFAULTS.withOffloadOnRequest());
        transport.begin(recorder);
        transport.feed("work");
        transport.feed("more");
        transport.requestStop();
        transport.advance(Duration.ofSeconds(60));
        assertEquals(List.of("opened", "received work"), recorder.events);
        assertTrue(transport.offloaded());
        transport.runOffloaded();
        assertEquals("then task ", order.toString());
        assertEquals(List.of("opened", "received work", "stop", "received more"), recorder.events);
    }

    @Test
    void endsTheTurnBeforeItTellsThatThePeerHasGone() {
        StringBuilder order = new StringBuilder();
        Recorder recorder = new Recorder((link, text) -> link.offload(() -> {}, () -> order.append("then ")));
        MemoryTransport transport = new MemoryTransport(MemoryTransport.Options.DEFAULTS.withOffloadOnRequest());
        transport.begin(recorder);
        transport.feed("work");
        transport.disconnect("gone");
        assertEquals(List.of("opened", "received work"), recorder.events);
        transport.runOffloaded();
        assertEquals("then ", order.toString());
        assertEquals("closed gone", recorder.events.getLast());
    }

    @Test
    void stopsTheDeadlineWhileWorkIsOffloaded() {
        Recorder recorder = new Recorder((link, text) -> {
            link.deadline(Duration.ofSeconds(10));
            link.offload(() -> {}, () -> {});
        });
        MemoryTransport transport = new MemoryTransport(MemoryTransport.Options.DEFAULTS.withOffloadOnRequest());
        transport.begin(recorder);
        transport.feed("work");
        transport.advance(Duration.ofSeconds(60));
        transport.runOffloaded();
        transport.advance(Duration.ofSeconds(9));
        assertFalse(recorder.events.contains("expired"));
        transport.advance(Duration.ofSeconds(1));
        assertEquals("expired", recorder.events.getLast());
    }

    @Test
    void runsThenAfterTheEventThatOffloads() {
        StringBuilder order = new StringBuilder();
        Recorder recorder = new Recorder((link, text) -> {
            link.offload(() -> order.append("work "), () -> order.append("then "));
            order.append("event ");
        });
        MemoryTransport transport = new MemoryTransport();
        transport.begin(recorder);
        transport.feed("x");
        assertEquals("work event then ", order.toString());
    }

    @Test
    void discardsWhatCameInClearBehindStartTls() {
        Recorder recorder = new Recorder((link, text) -> {
            if (text.equals("suspend")) {
                link.suspendReading();
            }
        });
        MemoryTransport transport = new MemoryTransport();
        transport.begin(recorder);
        transport.feed("suspend");
        transport.feed("injected");
        recorder.link().startTls(POLICY);
        recorder.link().resumeReading();
        assertEquals(Optional.of(POLICY), transport.handshake());
        transport.secure(new Agreed());
        transport.feed("secret");
        assertEquals(List.of("opened", "received suspend", "secured TLSv1.3", "received secret"), recorder.events);
    }

    @Test
    void clearTextInTheHandshakeEndsIt() {
        Recorder recorder = new Recorder((link, text) -> link.startTls(POLICY));
        MemoryTransport transport = new MemoryTransport();
        transport.begin(recorder);
        transport.feed("STARTTLS");
        transport.feed("NOOP");
        assertEquals("closed clear text in the TLS handshake", recorder.events.getLast());
    }

    @Test
    void isWritableAgainOnceTaken() {
        Recorder recorder = new Recorder((link, text) -> {
            link.write(octets("12345678"));
            assertTrue(link.congested());
        });
        MemoryTransport transport = new MemoryTransport(MemoryTransport.Options.DEFAULTS.withWriteLimit(8));
        transport.begin(recorder);
        transport.feed("x");
        assertEquals("12345678", transport.take());
        assertEquals(List.of("opened", "received x", "writable"), recorder.events);
    }

    @Test
    void handsOverWithTheRestOfTheEvents() {
        Recorder next = new Recorder();
        Recorder recorder = new Recorder((link, text) -> link.handOver(next));
        MemoryTransport transport = new MemoryTransport();
        transport.begin(recorder);
        transport.feed("turn");
        transport.feed("EHLO");
        transport.disconnect("");
        assertEquals(List.of("opened", "received turn"), recorder.events);
        assertEquals(List.of("opened", "received EHLO", "closed "), next.events);
    }

    @Test
    void closesOnceAndReadsNoMore() {
        Recorder recorder = new Recorder((link, text) -> {
            link.write(octets("bye"));
            link.close();
            link.close();
        });
        MemoryTransport transport = new MemoryTransport();
        transport.begin(recorder);
        transport.feed("QUIT");
        transport.feed("NOOP");
        assertEquals("bye", transport.take());
        assertEquals(List.of("opened", "received QUIT", "closed "), recorder.events);
        assertFalse(transport.isOpen());
    }

    @Test
    void refusesWorkWithinWork() {
        Recorder recorder = new Recorder((link, text) -> {
            link.offload(() -> {}, () -> {});
            assertThrows(IllegalStateException.class, () -> link.offload(() -> {}, () -> {}));
        });
        MemoryTransport transport = new MemoryTransport();
        transport.begin(recorder);
        transport.feed("x");
        assertEquals(List.of("opened", "received x"), recorder.events);
    }

    /** A result of a handshake that never was. */
    private record Agreed() implements TlsSession {
        @Override
        public String protocol() {
            return "TLSv1.3";
        }

        @Override
        public String cipherSuite() {
            return "TLS_AES_128_GCM_SHA256";
        }

        @Override
        public Optional<String> serverName() {
            return Optional.empty();
        }

        @Override
        public List<Certificate> peerCertificates() {
            return List.of();
        }

        @Override
        public List<Certificate> localCertificates() {
            return List.of();
        }

        @Override
        public Optional<byte[]> export(String label, byte[] context, int length) {
            return Optional.empty();
        }
    }
}
