package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.testkit.TestClock;

class OwnAddressesTest {

    private static InetAddress ip(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }

    @Test
    void readsTheInterfacesForWildcardsAloneAndSeldom() throws Exception {
        TestClock clock = TestClock.at(Instant.EPOCH);
        AtomicInteger read = new AtomicInteger();
        Set<InetAddress> interfaces = new HashSet<>(Set.of(ip("1.0.0.9"), ip("2001:db8::9")));
        Set<InetSocketAddress> listening =
                Set.of(new InetSocketAddress("::", 25), new InetSocketAddress("1.0.0.8", 587));
        OwnAddresses own = new OwnAddresses(
                listening,
                () -> {
                    read.incrementAndGet();
                    return Set.copyOf(interfaces);
                },
                clock);
        assertTrue(own.contains(ip("1.0.0.8"), 587));
        assertFalse(own.contains(ip("1.0.0.9"), 587));
        assertTrue(own.contains(ip("127.1.2.3"), 25));
        assertEquals(0, read.get());
        assertTrue(own.contains(ip("1.0.0.9"), 25));
        assertTrue(own.contains(ip("2001:db8::9"), 25));
        assertFalse(own.contains(ip("1.0.0.7"), 25));
        interfaces.add(ip("1.0.0.7"));
        assertFalse(own.contains(ip("1.0.0.7"), 25));
        assertEquals(1, read.get());
        clock.advance(Duration.ofSeconds(10));
        assertTrue(own.contains(ip("1.0.0.7"), 25));
        assertTrue(own.hasPort(587));
        assertFalse(own.hasPort(26));
    }

    @Test
    void knowsTheAddressesOfThisHost() throws Exception {
        OwnAddresses own =
                OwnAddresses.of(RelayConfig.DEFAULTS.withOwn(Set.of(), Set.of(new InetSocketAddress("0.0.0.0", 2525))));
        for (InetAddress one : NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList()) {
            assertTrue(own.contains(one, 2525), one.toString());
            assertFalse(own.contains(one, 25), one.toString());
        }
    }

    @Test
    void needsAddressAndPort() {
        for (InetSocketAddress bad : Set.of(
                InetSocketAddress.createUnresolved("mx.test", 25),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThrows(IllegalArgumentException.class, () -> RelayConfig.DEFAULTS.withOwn(Set.of(), Set.of(bad)));
        }
    }
}
