package org.mailwright.smtp.transport.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.transport.Transport;

class MinaConnectorTest {
    private final BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();

    private static MinaConnector.Target to(InetSocketAddress address) {
        return new MinaConnector.Target(address, Optional.empty(), Duration.ofSeconds(10));
    }

    private IOException failure() throws InterruptedException {
        IOException failure = failures.poll(20, TimeUnit.SECONDS);
        if (failure == null) {
            throw new AssertionError("nothing failed");
        }
        return failure;
    }

    @Test
    void talksToAServer() throws Exception {
        Talk client = new Talk();
        try (Fixture fixture = new Fixture(() -> new Talk((talk, line) -> talk.say("heard " + line)));
                MinaConnector connector = new MinaConnector(fixture.loops)) {
            connector.connect(to(fixture.listener.address()), client, failures::add);
            assertEquals("opened", client.event());
            client.link().execute(() -> client.say("hello"));
            assertEquals("line heard hello", client.event());
            client.link().execute(() -> client.say("BYE"));
            assertEquals("line bye", client.event());
            assertEquals("inputClosed", client.event());
            assertEquals("closed ", client.event());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        jsse, TLSv1.2
        jsse, TLSv1.3
        bc, TLSv1.2
        bc, TLSv1.3\
        """)
    void upgradesToTls(String provider, String protocol) throws Exception {
        TestTls tls = TestTls.with(provider);
        Talk client = new Talk((talk, line) -> {
            if (line.equals("go ahead")) {
                talk.link().startTls(tls.client(protocol));
            }
        });
        try (Fixture fixture = new Fixture(() -> new Talk((talk, line) -> {
                    if (line.equals("STARTTLS")) {
                        talk.say("go ahead");
                        talk.link().startTls(tls.server(true));
                    } else {
                        talk.say("heard " + line);
                    }
                }));
                MinaConnector connector = new MinaConnector(fixture.loops)) {
            connector.connect(to(fixture.listener.address()), client, failures::add);
            assertEquals("opened", client.event());
            client.link().execute(() -> client.say("STARTTLS"));
            assertEquals("line go ahead", client.event());
            assertEquals("secured", client.event());
            client.link().execute(() -> {
                client.say("x".repeat(100_000));
                client.say("hello");
            });
            assertEquals(100_000 + "line heard ".length(), client.event().length());
            assertEquals("line heard hello", client.event());
            client.link().execute(() -> client.link().close());
            assertEquals("closed ", client.event());
            assertEquals("closed ", fixture.talk().event("closed"));
        }
    }

    @Test
    void beginsWithTls() throws Exception {
        TestTls tls = TestTls.with("jsse");
        Talk client = new Talk() {
            @Override
            public void opened(Transport link) {
                super.opened(link);
                link.startTls(tls.client("TLSv1.3"));
                say("ECHO early");
            }
        };
        try (Fixture fixture =
                        new Fixture(LoopConfig.DEFAULTS, config -> config.withTls(tls.server(false)), Talk::new);
                MinaConnector connector = new MinaConnector(fixture.loops)) {
            connector.connect(to(fixture.listener.address()), client, failures::add);
            assertEquals("opened", client.event());
            assertEquals("secured", client.event());
            assertEquals("line early", client.event());
        }
    }

    @Test
    void tellsOfAServerThatIsNotTrusted() throws Exception {
        TestTls server = TestTls.with("jsse");
        TestTls stranger = TestTls.with("jsse");
        Talk client = new Talk() {
            @Override
            public void opened(Transport link) {
                super.opened(link);
                link.startTls(stranger.client("TLSv1.3"));
            }
        };
        try (Fixture fixture =
                        new Fixture(LoopConfig.DEFAULTS, config -> config.withTls(server.server(false)), Talk::new);
                MinaConnector connector = new MinaConnector(fixture.loops)) {
            connector.connect(to(fixture.listener.address()), client, failures::add);
            assertEquals("opened", client.event());
            assertTrue(client.event().startsWith("closed TLS handshake failed: "));
        }
    }

    @Test
    void tellsWhyThereIsNoConnection() throws Exception {
        InetSocketAddress closed;
        try (ServerSocket socket = new ServerSocket(0, 1, Fixture.local(0).getAddress())) {
            closed = Fixture.local(socket.getLocalPort());
        }
        try (IoLoops loops = new IoLoops();
                MinaConnector connector = new MinaConnector(loops)) {
            connector.connect(to(closed), new Talk(), failures::add);
            String message = String.valueOf(failure().getMessage());
            assertTrue(message.startsWith("cannot connect to 127.0.0.1 port " + closed.getPort() + ": "), message);
        }
    }

    @Test
    void givesUpAServerThatDoesNotAnswer() throws Exception {
        // A listener whose queue is full lets a further connection wait.
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, Fixture.local(0).getAddress());
                IoLoops loops = new IoLoops();
                MinaConnector connector = new MinaConnector(loops)) {
            InetSocketAddress address = Fixture.local(full.getLocalPort());
            for (int i = 0; i < 2; i++) {
                filling.add(new Socket(address.getAddress(), address.getPort()));
            }
            connector.connect(
                    new MinaConnector.Target(address, Optional.empty(), Duration.ofMillis(200)),
                    new Talk(),
                    failures::add);
            String message = String.valueOf(failure().getMessage());
            assertTrue(message.endsWith("no answer within 200 ms"), message);
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @Test
    void connectsFromTheAddressThatItIsGiven() throws Exception {
        byte[] other = {127, 0, 0, 9};
        InetSocketAddress from = new InetSocketAddress(InetAddress.getByAddress(other), 0);
        Talk client = new Talk();
        try (Fixture fixture = new Fixture(Talk::new);
                MinaConnector connector = new MinaConnector(fixture.loops)) {
            connector.connect(
                    new MinaConnector.Target(fixture.listener.address(), Optional.of(from), Duration.ofSeconds(10)),
                    client,
                    failures::add);
            assertEquals("opened", client.event());
            assertEquals(from.getAddress(), ((InetSocketAddress) client.link().localAddress()).getAddress());
        }
    }

    @Test
    void refusesAHostThatIsNotKnown() {
        assertThrows(
                IllegalArgumentException.class, () -> to(InetSocketAddress.createUnresolved("nowhere.example", 25)));
    }
}
