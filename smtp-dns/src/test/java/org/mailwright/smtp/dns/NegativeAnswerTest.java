package org.mailwright.smtp.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** That a name has nothing is remembered for the time that its zone says (RFC 2308 section 5). */
@Timeout(30)
class NegativeAnswerTest {

    private final AtomicInteger questions = new AtomicInteger();
    private final DatagramSocket socket;
    private final Thread server;

    NegativeAnswerTest() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        server = Thread.ofVirtual().unstarted(this::answer);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        socket.close();
        server.join();
    }

    private ResolverDns asking(Duration longest) throws IOException {
        List<InetSocketAddress> servers =
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
        return new ResolverDns(new DnsConfig(servers, Duration.ofSeconds(5), 1, 100, longest, false));
    }

    private static DnsException.Kind failure(ResolverDns dns, String host) {
        return assertThrows(DnsException.class, () -> dns.mx(host)).kind();
    }

    @Test
    void aNameThatDoesNotExistIsAskedForOnce() throws IOException {
        try (ResolverDns dns = asking(Duration.ofHours(1))) {
            for (int i = 0; i < 5; i++) {
                assertEquals(DnsException.Kind.NO_SUCH_NAME, failure(dns, "gone.long.test"));
            }
            assertEquals(1, questions.get());
            failure(dns, "gone-too.long.test");
            assertEquals(2, questions.get());
        }
    }

    @Test
    void aNameWithoutSuchRecordsIsAskedForOnce() throws IOException {
        try (ResolverDns dns = asking(Duration.ofHours(1))) {
            for (int i = 0; i < 5; i++) {
                assertEquals(List.of(), dns.mx("empty.long.test"));
            }
            assertEquals(1, questions.get());
        }
    }

    @Test
    void itIsAskedForAgainWhenItsTimeIsOver() throws IOException {
        try (ResolverDns dns = asking(Duration.ofHours(1))) {
            failure(dns, "gone.short.test");
            long asked = 1;
            while (questions.get() == 1) {
                failure(dns, "gone.short.test");
                asked++;
            }
            assertEquals(2, questions.get());
            assertTrue(asked > 2, "asked at once again, in spite of its time of a second");
        }
    }

    @Test
    void theLongestTimeOfTheConfigurationHolds() throws IOException {
        try (ResolverDns dns = asking(Duration.ZERO)) {
            failure(dns, "gone.long.test");
            failure(dns, "gone.long.test");
            assertEquals(2, questions.get());
        }
    }

    /** Says of "gone" that it does not exist, and of "empty" that it has no such records, for a second or an hour. */
    private void answer() {
        DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
        try {
            while (true) {
                packet.setLength(1024);
                socket.receive(packet);
                questions.incrementAndGet();
                Message asked = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                String name = asked.getQuestion().getName().toString();
                Message answer = new Message(asked.getHeader().getID());
                answer.getHeader().setFlag(Flags.QR);
                answer.getHeader().setFlag(Flags.AA);
                answer.getHeader().setRcode(name.startsWith("gone") ? Rcode.NXDOMAIN : Rcode.NOERROR);
                answer.addRecord(asked.getQuestion(), Section.QUESTION);
                String zone = name.substring(name.indexOf('.') + 1);
                answer.addRecord(
                        authority(Name.fromString(zone), zone.startsWith("short") ? 1 : 3600), Section.AUTHORITY);
                byte[] octets = answer.toWire();
                socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            assertTrue(socket.isClosed(), "the server ends when its socket is closed: " + e);
        }
    }

    private static SOARecord authority(Name zone, int seconds) {
        return new SOARecord(zone, DClass.IN, seconds, zone, zone, 1, 60, 60, 60, seconds);
    }
}
