package org.mailwright.smtp.core.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {
    @ParameterizedTest
    @CsvSource({
        "[192.0.2.1], [192.0.2.1]",
        "[0.0.0.0], [0.0.0.0]",
        "[255.255.255.255], [255.255.255.255]",
        "[127.000.00.1], [127.0.0.1]",
        "[IPv6:2001:db8::25], [IPv6:2001:db8::25]",
        "[ipV6:2001:DB8:0:0:0:0:0:25], [IPv6:2001:db8::25]",
        "[IPv6:::], [IPv6:::]",
        "[IPv6:::1], [IPv6:::1]",
        "[IPv6:1::], [IPv6:1::]",
        "[IPv6:1:2:3:4:5:6:7:8], [IPv6:1:2:3:4:5:6:7:8]",
        "[IPv6:0001:2:3:4:5:6:0:8], [IPv6:1:2:3:4:5:6:0:8]",
        "[IPv6:1:0:0:2:0:0:0:3], [IPv6:1:0:0:2::3]",
        "[IPv6:1:0:0:2:0:0:3:4], [IPv6:1::2:0:0:3:4]",
        "[IPv6:::ffff:192.0.2.1], [IPv6:::ffff:192.0.2.1]",
        "[IPv6:0:0:0:0:0:ffff:c000:201], [IPv6:::ffff:192.0.2.1]",
        "[IPv6:1:2:3:4:5:6:192.0.2.1], [IPv6:1:2:3:4:5:6:c000:201]",
        "[IPv6:64:ff9b::192.0.2.1], [IPv6:64:ff9b::c000:201]",
        "[IPv6:1:2:3:4:5:6::8], [IPv6:1:2:3:4:5:6:0:8]",
        "[IPv6:::2:3:4:5:6:7:8], [IPv6:0:2:3:4:5:6:7:8]",
        "[x400:some!content], [x400:some!content]",
        "[a-1:b:c], [a-1:b:c]"
    })
    void acceptsAndRendersShortest(String text, String rendered) {
        AddressLiteral literal = AddressLiteral.parse(text);
        assertEquals(rendered, literal.toString());
        assertEquals(literal, AddressLiteral.parse(rendered));
        assertEquals(rendered.length(), literal.octets());
        assertTrue(literal.isAscii());
        assertEquals(literal, Host.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[]",
                "[ ]",
                "192.0.2.1",
                "[192.0.2.1",
                "[192.0.2]",
                "[192.0.2.1.5]",
                "[192.0.2.256]",
                "[192.0.2.0001]",
                "[192.0.2.]",
                "[.0.2.1]",
                "[192.0.2.-1]",
                "[ 192.0.2.1]",
                "[192.0.2.1 ]",
                "[1]",
                "[2130706433]",
                "[0x7f.0.0.1]",
                "[::1]",
                "[2001:db8::1]",
                "[IPv6:]",
                "[IPv6::]",
                "[IPv6:zz::1]",
                "[IPv6:1]",
                "[IPv6:1:2:3:4:5:6:7]",
                "[IPv6:1:2:3:4:5:6:7:8:9]",
                "[IPv6:1::2::3]",
                "[IPv6::::]",
                "[IPv6:1:2:3:4:5:6:7:8::]",
                "[IPv6:::1:2:3:4:5:6:7:8]",
                "[IPv6:12345::]",
                "[IPv6:1:]",
                "[IPv6::1]",
                "[IPv6:1:2:3:4:5:6:7:192.0.2.1]",
                "[IPv6:192.0.2.1]",
                "[IPv6:::192.0.2]",
                "[IPv6:::192.0.2.1:1]",
                "[IPv6:fe80::1%eth0]",
                "[IPv6:::\uFF11]",
                "[\u0661.0.0.1]",
                "[tag:]",
                "[:content]",
                "[-:x]",
                "[a-:x]",
                "[tag:a b]",
                "[tag:a[b]",
                "[tag:a\\b]",
                "[t_g:x]",
                "[tag:\u00E4]",
                "[tag:a\r\nb]",
                "[tag:a]]",
                "[a]:25"
            })
    void refuses(String text) {
        assertThrows(AddressSyntaxException.class, () -> AddressLiteral.parse(text));
    }

    @Test
    void equalByAddress() {
        AddressLiteral literal = AddressLiteral.parse("[IPv6:2001:db8::1]");
        AddressLiteral other = AddressLiteral.parse("[IPV6:2001:0DB8:0:0::0001]");
        assertEquals(literal, other);
        assertEquals(literal.hashCode(), other.hashCode());
        assertNotEquals(AddressLiteral.parse("[192.0.2.1]"), AddressLiteral.parse("[IPv6:::ffff:192.0.2.1]"));
    }

    @Test
    void mappedAddressesAreKnownAsSuch() throws UnknownHostException {
        Ipv6Literal mapped = assertInstanceOf(Ipv6Literal.class, AddressLiteral.parse("[IPv6:::ffff:10.0.0.1]"));
        assertTrue(mapped.isIpv4Mapped());
        assertEquals(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), mapped.toInetAddress());
        assertFalse(new Ipv6Literal(0, 1).isIpv4Mapped());
    }

    @Test
    void generalLiteralsCompareTheirTagWithoutCase() {
        GeneralLiteral literal = new GeneralLiteral("x400", "abc");
        assertEquals(literal, AddressLiteral.parse("[X400:abc]"));
        assertEquals(literal.hashCode(), AddressLiteral.parse("[X400:abc]").hashCode());
        assertNotEquals(literal, new GeneralLiteral("x400", "ABC"));
        assertEquals("[X400:abc]", AddressLiteral.parse("[X400:abc]").toString());
    }

    @ParameterizedTest
    @CsvSource({"IPv6, ::1", "ipv6, zz", "'', x", "tag, ''", "tag, a]b", "'a:b', c", "'t\r\n', x"})
    void generalConstructorChecks(String tag, String content) {
        assertThrows(AddressSyntaxException.class, () -> new GeneralLiteral(tag, content));
    }

    @Test
    void literalsAreBounded() {
        assertEquals(255, AddressLiteral.parse("[t:" + "x".repeat(251) + "]").octets());
        assertThrows(AddressSyntaxException.class, () -> AddressLiteral.parse("[t:" + "x".repeat(252) + "]"));
        assertThrows(AddressSyntaxException.class, () -> new GeneralLiteral("t", "x".repeat(252)));
    }

    @Test
    void everyAddressSurvives() throws UnknownHostException {
        Random random = new Random(5321);
        for (int round = 0; round < 5_000; round++) {
            byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(octets);
            for (int i = 0; i < octets.length; i++) {
                octets[i] = random.nextBoolean() ? 0 : octets[i];
            }
            AddressLiteral literal = AddressLiteral.of(InetAddress.getByAddress(octets));
            AddressLiteral parsed = AddressLiteral.parse(literal.toString());
            assertEquals(literal, parsed);
            InetAddress address = switch (parsed) {
                case Ipv4Literal v4 -> v4.toInetAddress();
                case Ipv6Literal v6 -> v6.toInetAddress();
                case GeneralLiteral general -> throw new AssertionError(general);
            };
            assertEquals(InetAddress.getByAddress(octets), address);
        }
    }
}
