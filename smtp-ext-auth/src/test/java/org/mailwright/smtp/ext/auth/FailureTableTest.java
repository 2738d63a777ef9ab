package org.mailwright.smtp.ext.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTableTest {

    private final TestClock clock = new TestClock();
    private final FailureTable table =
            new FailureTable(new FailureLimits(1, Duration.ZERO, Duration.ZERO, 2, Duration.ofMinutes(1), 3), clock);

    @Test
    void countsUntilTheWindowIsOver() throws UnknownHostException {
        SocketAddress client = address("192.0.2.1");
        table.failed(client);
        assertFalse(table.exhausted(client));
        clock.advance(Duration.ofSeconds(59));
        table.failed(client);
        assertTrue(table.exhausted(client));
        assertFalse(table.exhausted(address("192.0.2.2")));
        clock.advance(Duration.ofSeconds(1));
        assertFalse(table.exhausted(client));
        table.failed(client);
        assertFalse(table.exhausted(client), "a new window has begun");
    }

    @Test
    void takesANetworkOfIpv6ForOneClient() throws UnknownHostException {
        table.failed(address("2001:db8:1:2::1"));
        table.failed(address("2001:db8:1:2:ffff::9"));
        assertTrue(table.exhausted(address("2001:db8:1:2:3:4:5:6")));
        assertFalse(table.exhausted(address("2001:db8:1:3::1")));
    }

    @Test
    void takesAMappedAddressForIpv4() throws UnknownHostException {
        table.failed(address("::ffff:192.0.2.1"));
        table.failed(address("192.0.2.1"));
        assertTrue(table.exhausted(address("::ffff:192.0.2.1")));
    }

    @Test
    void remembersABoundedNumberOfAddresses() throws UnknownHostException {
        SocketAddress first = address("192.0.2.0");
        table.failed(first);
        table.failed(first);
        for (int i = 1; i < 3; i++) {
            table.failed(address("192.0.2." + i));
        }
        assertTrue(table.exhausted(first));
        for (int i = 3; i < 100; i++) {
            table.failed(address("192.0.2." + i));
            assertEquals(3, table.size());
        }
        assertFalse(table.exhausted(first), "the oldest is forgotten");
        clock.advance(Duration.ofMinutes(1));
        table.failed(first);
        assertEquals(1, table.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
    void countsNoLoopbackAddress(String text) throws UnknownHostException {
        for (int i = 0; i < 5; i++) {
            table.failed(address(text));
        }
        assertFalse(table.exhausted(address(text)));
    }

    @Test
    void countsNothingThatHasNoAddress() {
        SocketAddress local = UnixDomainSocketAddress.of("socket");
        table.failed(local);
        table.failed(local);
        assertFalse(table.exhausted(local));
        assertEquals(0, table.size());
    }

    @Test
    void growsDelaysUpToTheirBound() {
        FailureLimits limits = FailureLimits.DEFAULT;
        assertEquals(Duration.ofSeconds(1), limits.delayOf(1));
        assertEquals(Duration.ofSeconds(2), limits.delayOf(2));
        assertEquals(Duration.ofSeconds(4), limits.delayOf(3));
        assertEquals(Duration.ofSeconds(4), limits.delayOf(1_000_000));
    }

    @Test
    void namesTheKeyThatIsOutOfBounds() {
        Duration second = Duration.ofSeconds(1);
        refused("failures-per-connection", () -> new FailureLimits(0, second, second, 1, second, 1));
        refused("failures-per-address", () -> new FailureLimits(1, second, second, 0, second, 1));
        refused("failure-addresses", () -> new FailureLimits(1, second, second, 1, second, 0));
        refused("failure-delay", () -> new FailureLimits(1, second.negated(), second, 1, second, 1));
        refused("failure-delay-max", () -> new FailureLimits(1, second, Duration.ZERO, 1, second, 1));
        refused("failure-window", () -> new FailureLimits(1, second, second, 1, Duration.ZERO, 1));
        refused("scram-iterations", () -> new ScramPolicy(ScramPolicy.DEFAULT.hashes(), 4095));
    }

    private static void refused(String key, Runnable making) {
        Exception refusal = assertThrows(IllegalArgumentException.class, making::run);
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(key + ":"), refusal.getMessage());
    }

    private static SocketAddress address(String text) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(text), 4711);
    }
}
