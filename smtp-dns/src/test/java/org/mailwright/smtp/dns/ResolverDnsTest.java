package org.mailwright.smtp.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Asks a real name server, nsd, on 127.0.0.1. */
class ResolverDnsTest {

    private static final Path NSD = Path.of("/usr/sbin/nsd");
    private static final String ZONE = """
        $TTL 60
        @ IN SOA ns.example.test. host.example.test. 1 60 60 60 60
        @ IN NS ns.example.test.
        ns IN A 127.0.0.1
        @ IN MX 20 MX2.example.test.
        @ IN MX 10 mx1.example.test.
        mx1 IN A 192.0.2.1
        mx1 IN AAAA 2001:db8::1
        mx2 IN A 192.0.2.2
        null IN MX 0 .
        plain IN A 192.0.2.3
        alias IN CNAME plain
        one IN CNAME two
        two IN CNAME one
        text IN TXT "v=spf1 " "-all"
        _25._tcp.mx1 IN TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        """;

    @TempDir
    private static Path folder;

    private static Optional<Process> server = Optional.empty();
    private static Optional<ResolverDns> dns = Optional.empty();

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Files.isExecutable(NSD), "needs nsd (Debian's package of that name)");
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        StringBuilder zone = new StringBuilder(ZONE);
        for (int i = 0; i < 150; i++) {
            zone.append("many IN MX ").append(i).append(" host").append(i).append(".example.test.\n");
        }
        Files.writeString(folder.resolve("example.test"), zone);
        Files.writeString(folder.resolve("nsd.conf"), """
            server:
                ip-address: 127.0.0.1@%d
                username: ""
                chroot: ""
                zonesdir: "%s"
                pidfile: ""
                database: ""
                xfrdfile: "%s/xfrd"
                zonelistfile: "%s/zones"
                server-count: 1
                verbosity: 1
            remote-control:
                control-enable: no
            zone:
                name: example.test
                zonefile: example.test
            """.formatted(port, folder, folder, folder));
        Process started = new ProcessBuilder(
                        NSD.toString(), "-d", "-c", folder.resolve("nsd.conf").toString())
                .redirectErrorStream(true)
                .start();
        server = Optional.of(started);
        BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        String line = said.readLine();
        while (line != null && !line.contains("nsd started")) {
            all.append(line).append('\n');
            line = said.readLine();
        }
        assertTrue(line != null, "nsd did not start: " + all);
        dns = Optional.of(new ResolverDns(DnsConfig.DEFAULTS
                .withServers(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                .withTimeout(Duration.ofSeconds(3))));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        dns.ifPresent(ResolverDns::close);
        if (server.isPresent()) {
            Process running = server.get();
            List<ProcessHandle> children = running.descendants().toList();
            running.destroy();
            running.waitFor();
            children.forEach(ProcessHandle::destroy);
        }
    }

    private static ResolverDns dns() {
        return dns.orElseThrow();
    }

    private static DnsException.Kind failure(String host) {
        return assertThrows(DnsException.class, () -> dns().addresses(host)).kind();
    }

    @Test
    void exchangersAreFound() throws IOException {
        assertEquals(
                Set.of(new MxRecord(10, "mx1.example.test"), new MxRecord(20, "mx2.example.test")),
                Set.copyOf(dns().mx("example.test")));
        assertEquals(List.of(), dns().mx("plain.example.test"));
        assertTrue(dns().mx("null.example.test").getFirst().isNull(), "null MX");
    }

    @Test
    void aCutAnswerIsAskedForByTcpAndBounded() throws IOException {
        assertEquals(100, dns().mx("many.example.test").size());
    }

    @Test
    void addressesOfBothFamiliesAreFoundAndAliasesFollowed() throws IOException {
        assertEquals(
                Set.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1")),
                Set.copyOf(dns().addresses("mx1.example.test")));
        assertEquals(List.of(InetAddress.getByName("192.0.2.3")), dns().addresses("alias.example.test"));
    }

    @Test
    void failuresAreToldApart() {
        assertEquals(DnsException.Kind.NO_SUCH_NAME, failure("nobody.example.test"));
        assertEquals(DnsException.Kind.NO_SUCH_NAME, failure("nobody.example.test"));
        assertEquals(DnsException.Kind.BROKEN, failure("one.example.test"));
        assertEquals(DnsException.Kind.BROKEN, failure("x".repeat(64) + ".example.test"));
    }

    @Test
    void textIsJoinedAndTlsaIsFoundUnsecured() throws IOException {
        assertEquals(List.of("v=spf1 -all"), dns().txt("text.example.test"));
        TlsaAnswer answer = dns().tlsa("_25._tcp.mx1.example.test");
        assertEquals(3, answer.records().getFirst().usage());
        assertEquals(64, answer.records().getFirst().data().length());
    }

    /** nsd is no resolver, and sets no AD bit; this one says what a resolver that validates does. */
    @Test
    void whatDnssecProvesIsBelievedOfServersThatAreTrusted() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread validating = Thread.startVirtualThread(() -> validate(socket));
            DnsConfig config = DnsConfig.DEFAULTS.withServers(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort())));
            MxRecord record = new MxRecord(10, "mx.signed.test");
            try (ResolverDns trusting = new ResolverDns(config.withTrustAd(true));
                    ResolverDns usual = new ResolverDns(config)) {
                assertEquals(new MxAnswer(true, List.of(record)), trusting.provenMx("signed.test"));
                assertEquals(new MxAnswer(false, List.of(record)), trusting.provenMx("other.test"));
                assertEquals(new MxAnswer(false, List.of(record)), usual.provenMx("signed.test"));
                assertTrue(trusting.tlsa("signed.test").secure());
                assertFalse(usual.tlsa("signed.test").secure());
                assertEquals(
                        DnsException.Kind.TEMPORARY,
                        assertThrows(DnsException.class, () -> trusting.provenMx("bogus.test"))
                                .kind());
            }
            socket.close();
            validating.join();
        }
    }

    private static void validate(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
        try {
            while (true) {
                packet.setLength(1024);
                socket.receive(packet);
                Message asked = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                Name name = asked.getQuestion().getName();
                Message answer = new Message(asked.getHeader().getID());
                answer.getHeader().setFlag(Flags.QR);
                answer.addRecord(asked.getQuestion(), Section.QUESTION);
                if (name.toString().startsWith("bogus.")) {
                    answer.getHeader().setRcode(Rcode.SERVFAIL);
                } else {
                    Name exchange = Name.fromString("MX.signed.test.");
                    answer.addRecord(new MXRecord(name, DClass.IN, 60, 10, exchange), Section.ANSWER);
                }
                if (name.toString().startsWith("signed.") && asked.getHeader().getFlag(Flags.AD)) {
                    answer.getHeader().setFlag(Flags.AD);
                }
                byte[] octets = answer.toWire();
                socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            assertTrue(socket.isClosed(), "the server ends when its socket is closed: " + e);
        }
    }

    @Test
    void aServerThatIsSilentIsATemporaryFailure() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                ResolverDns asking = new ResolverDns(new DnsConfig(
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort())),
                        Duration.ofMillis(100),
                        1,
                        10,
                        Duration.ZERO,
                        false))) {
            DnsException e = assertThrows(DnsException.class, () -> asking.mx("example.test"));
            assertEquals(DnsException.Kind.TEMPORARY, e.kind());
        }
    }
}
