package org.mailwright.smtp.transport.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MinaListenerTest {

    @Test
    void answersAndCloses() throws Exception {
        try (Fixture fixture = new Fixture(Talk::new);
                Peer peer = fixture.connect()) {
            peer.send("ECHO one\r\nECHO two\r\n");
            assertEquals("one", peer.line());
            assertEquals("two", peer.line());
            peer.send("BYE\r\n");
            assertEquals("bye", peer.line());
            assertEquals("(end)", peer.line());
            Talk talk = fixture.talk();
            assertEquals("opened", talk.event());
            assertEquals("closed ", talk.event());
            assertEquals(peer.socket.getLocalSocketAddress(), talk.link().remoteAddress());
            assertEquals(fixture.listener.address(), talk.link().localAddress());
        }
    }

    @Test
    void listensOnIpv6() throws Exception {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(loopback), 0);
        try (IoLoops loops = new IoLoops();
                MinaListener listener = MinaListener.bind(loops, ListenerConfig.at(address), Talk::new);
                Peer peer = Peer.to(listener.address())) {
            peer.send("ECHO six\r\n");
            assertEquals("six", peer.line());
        }
    }

    @Test
    void namesAnAddressInUse() throws Exception {
        try (Fixture fixture = new Fixture(Talk::new)) {
            InetSocketAddress taken = fixture.listener.address();
            IOException error = assertThrows(
                    IOException.class, () -> MinaListener.bind(fixture.loops, ListenerConfig.at(taken), Talk::new));
            assertTrue(String.valueOf(error.getMessage())
                    .startsWith("cannot listen at 127.0.0.1 port " + taken.getPort()));
        }
    }

    @Test
    void bindsAgainAtOnce() throws Exception {
        InetSocketAddress address;
        try (Fixture fixture = new Fixture(Talk::new)) {
            address = fixture.listener.address();
            try (Peer peer = fixture.connect()) {
                peer.send("BYE\r\n");
                assertEquals("bye", peer.line());
            }
        }
        try (IoLoops loops = new IoLoops();
                MinaListener again = MinaListener.bind(loops, ListenerConfig.at(address), Talk::new)) {
            assertEquals(address, again.address());
        }
    }

    /** The first connection would change what is asked of it a second time: from TLS to none, and the conversation. */
    @Test
    void asksOnceHowAConnectionBegins() throws Exception {
        TestTls tls = TestTls.with("JSSE");
        AtomicInteger asked = new AtomicInteger();
        try (IoLoops loops = new IoLoops();
                MinaListener listener = MinaListener.bindChanging(loops, ListenerConfig.at(Fixture.local(0)), () -> {
                    int number = asked.incrementAndGet();
                    return new Beginning(
                            () -> new Talk((talk, line) -> talk.say("beginning " + number)),
                            number == 1 ? Optional.of(tls.server(false)) : Optional.empty());
                });
                Peer first = Peer.to(listener.address());
                Peer second = Peer.to(listener.address())) {
            second.send("which\r\n");
            assertEquals("beginning 2", second.line());
            TlsPeer secret = new TlsPeer(first.socket, tls.clientEngine("TLSv1.3"));
            secret.handshake("which\r\n");
            assertEquals("beginning 1", secret.line());
            assertEquals(2, asked.get());
        }
    }

    @Test
    void refusesBeyondTheLimitAndCountsDown() throws Exception {
        ConnectionLimits limits = new ConnectionLimits(10, 2, "421 too many\r\n".getBytes(StandardCharsets.US_ASCII));
        try (Fixture fixture = new Fixture(LoopConfig.DEFAULTS, config -> config.withAdmission(limits), Talk::new)) {
            try (Peer first = fixture.connect();
                    Peer second = fixture.connect();
                    Peer third = fixture.connect()) {
                assertEquals("421 too many", third.line());
                assertEquals("(end)", third.line());
                first.send("ECHO x\r\n");
                second.send("ECHO y\r\n");
                assertEquals("x", first.line());
                assertEquals("y", second.line());
                assertEquals(2, limits.open());
                first.send("BYE\r\n");
                assertEquals("bye", first.line());
                fixture.talk().event("closed");
            }
            fixture.talk().event("closed");
            assertTrue(fixture.listener.stop(Duration.ofSeconds(20)));
            assertEquals(0, fixture.listener.open());
            assertEquals(0, limits.open());
        }
    }

    @Test
    void stopsInGoodOrder() throws Exception {
        try (Fixture fixture = new Fixture(Talk::new)) {
            InetSocketAddress address = fixture.listener.address();
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                peers.add(fixture.connect());
            }
            for (int i = 0; i < 5; i++) {
                fixture.talk().event("opened");
            }
            assertTrue(fixture.listener.stop(Duration.ofSeconds(20)));
            for (Peer peer : peers) {
                assertEquals("stopping", peer.line());
                assertEquals("(end)", peer.line());
                peer.close();
            }
            assertThrows(ConnectException.class, () -> Peer.to(address));
        }
    }

    @Test
    void cutsWhoDoesNotStop() throws Exception {
        Talk deaf = new Talk() {
            @Override
            public void stop() {
                events.add("stop");
            }
        };
        try (Fixture fixture = new Fixture(() -> deaf);
                Peer peer = fixture.connect()) {
            assertEquals("opened", fixture.talk().event());
            assertFalse(fixture.listener.stop(Duration.ofMillis(300)));
            assertEquals("stop", deaf.event());
            assertEquals("closed stopping", deaf.event());
            assertEquals("(end)", peer.line());
        }
    }

    @Test
    void endsItsThreads() throws Exception {
        Thread io;
        try (Fixture fixture = new Fixture(() -> new Talk(
                        (talk, line) -> talk.events.add(Thread.currentThread().getName())));
                Peer peer = fixture.connect()) {
            peer.send("where\r\n");
            Talk talk = fixture.talk();
            String name = talk.event("smtp-io");
            io = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals(name))
                    .findAny()
                    .orElseThrow();
        }
        assertTrue(io.join(Duration.ofSeconds(10)));
    }
}
