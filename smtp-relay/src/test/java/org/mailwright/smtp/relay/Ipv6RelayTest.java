package org.mailwright.smtp.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.dns.MapDns;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;
import org.mailwright.smtp.transport.mina.LoopConfig;

/** Mail goes out by IPv6 (RFC 3974), on machines that have it. */
@Timeout(60)
class Ipv6RelayTest {

    private final RelayClient client = new RelayClient(
            SmtpClientConfig.DEFAULTS,
            List.of(),
            new MinaNetwork(LoopConfig.DEFAULTS),
            level -> Attributes.EMPTY,
            RelayConfig.DEFAULTS,
            InstantSource.system());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void needsIpv6() throws IOException {
        assumeTrue(NetworkInterface.getByInetAddress(loopback()) != null, "this machine has no ::1");
    }

    @AfterEach
    void end() {
        client.close();
        threads.close();
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    }

    /** Takes one mail, and gives the address that it came from. */
    private Future<InetAddress> takeOne(ServerSocket listener) {
        Callable<InetAddress> talk = () -> {
            try (Socket socket = listener.accept();
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
                say(socket, "220 six.test");
                String line = lines.readLine();
                boolean content = false;
                while (line != null && !line.equals("QUIT")) {
                    if (!content || line.equals(".")) {
                        say(socket, line.equals("DATA") ? "354 go" : "250 ok");
                    }
                    content = line.equals("DATA") || (content && !line.equals("."));
                    line = lines.readLine();
                }
                return socket.getInetAddress();
            }
        };
        return threads.submit(talk);
    }

    private static void say(Socket socket, String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(US_ASCII));
    }

    private String send(MapDns dns, int port, String to) throws Exception {
        RelayConfig config = RelayConfig.DEFAULTS.withPort(port).withPrivateAddresses(true);
        MxSender sender =
                new MxSender(client, new MxResolver(dns, config, new Random(1)), config, domain -> TlsLevel.NONE);
        OutgoingMail mail = OutgoingMail.of(
                ReversePath.parse("<a@s.test>"),
                List.of(ForwardPath.parse(to)),
                Body.of("Subject: x\r\n\r\nx\r\n".getBytes(US_ASCII)));
        return sender.send(mail).recipients().getFirst().outcome().reply().toString();
    }

    private void reaches(MapDns dns, String to) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, loopback())) {
            Future<InetAddress> peer = takeOne(listener);
            assertEquals("250 ok", send(dns, listener.getLocalPort(), to));
            client.close(); // says QUIT
            assertTrue(peer.get() instanceof Inet6Address, peer.get().toString());
        }
    }

    @Test
    void reachesAHostThatHasIpv6Alone() throws Exception {
        reaches(new MapDns().mx("d.test", 10, "mx.d.test").host("mx.d.test", "::1"), "<b@d.test>");
    }

    @Test
    void reachesAnAddressLiteral() throws Exception {
        reaches(new MapDns(), "<b@[IPv6:::1]>");
    }

    @Test
    void takesIpv6FirstOfAHostThatHasBoth() throws Exception {
        reaches(new MapDns().host("both.test", "127.0.0.1", "::1"), "<b@both.test>");
    }

    @Test
    void takesIpv4WhereNobodyListensByIpv6() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("PIPELINING"))) {
            MapDns dns = new MapDns().host("both.test", "::1", "127.0.0.1");
            assertTrue(send(dns, peer.port(), "<b@both.test>").startsWith("250 "));
            assertEquals(1, peer.contents().size());
        }
    }
}
