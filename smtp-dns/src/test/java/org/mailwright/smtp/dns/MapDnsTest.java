package org.mailwright.smtp.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MapDnsTest {

    private final MapDns dns = new MapDns();

    @Test
    void knowsWhatItWasTold() throws Exception {
        TlsaAnswer.Tlsa record = new TlsaAnswer.Tlsa(3, 1, 1, "AB");
        dns.mx("Example.ORG.", 10, "MX.example.org").mx("example.org", 20, "b.example.org");
        dns.host("mx.example.org", "192.0.2.1").host("mx.example.org", "2001:db8::1");
        dns.txt("example.org", "v=spf1 -all", "x").tlsa("_25._tcp.mx.example.org", true, record);
        assertEquals(
                List.of(new MxRecord(10, "mx.example.org"), new MxRecord(20, "b.example.org")), dns.mx("example.org"));
        assertEquals(
                List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1")),
                dns.addresses("MX.example.org."));
        assertEquals(List.of("v=spf1 -all", "x"), dns.txt("example.org"));
        assertEquals(new TlsaAnswer(true, List.of(record)), dns.tlsa("_25._tcp.mx.example.org"));
        assertEquals(
                List.of("MX example.org", "A mx.example.org", "TXT example.org", "TLSA _25._tcp.mx.example.org"),
                dns.asked());
    }

    @Test
    void tellsNoRecordFromNoName() throws Exception {
        dns.host("bare.test").mx("null.test", 0, "");
        assertEquals(List.of(), dns.mx("bare.test"));
        assertEquals(List.of(), dns.addresses("bare.test"));
        assertEquals(List.of(), dns.txt("null.test"));
        assertFalse(dns.tlsa("null.test").secure());
        assertTrue(dns.mx("null.test").get(0).isNull());
        assertEquals(
                DnsException.Kind.NO_SUCH_NAME,
                assertThrows(DnsException.class, () -> dns.mx("other.test")).kind());
        assertThrows(IllegalArgumentException.class, () -> dns.host("x.test", "localhost"));
    }

    @Test
    void provesWhatItWasTold() throws Exception {
        dns.mx("d.test", 1, "mx.d.test").mx("s.test", 1, "mx.s.test").signed("S.test");
        assertEquals(new MxAnswer(false, List.of(new MxRecord(1, "mx.d.test"))), dns.provenMx("d.test"));
        assertEquals(new MxAnswer(true, List.of(new MxRecord(1, "mx.s.test"))), dns.provenMx("s.test"));
    }

    @Test
    void failsAndWaitsAsTold() {
        CountDownLatch go = new CountDownLatch(1);
        dns.slow("slow.test", go).failing("slow.test", DnsException.Kind.BROKEN);
        CompletableFuture<DnsException.Kind> kind = CompletableFuture.supplyAsync(() ->
                assertThrows(DnsException.class, () -> dns.mx("slow.test")).kind());
        while (dns.asked().isEmpty()) {
            Thread.onSpinWait();
        }
        assertFalse(kind.isDone());
        go.countDown();
        assertEquals(DnsException.Kind.BROKEN, kind.join());
    }
}
