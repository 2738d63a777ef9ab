package org.mailwright.smtp.core.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A host given by its address, in brackets (RFC 5321 §4.1.3): {@code [192.0.2.1]}, {@code [IPv6:2001:db8::1]} or a form
 * still to be registered, {@code [tag:content]}.
 *
 * @since 0.1.0
 */
public sealed interface AddressLiteral extends Host permits Ipv4Literal, Ipv6Literal, GeneralLiteral {
    /**
     * The literal that a text is.
     *
     * @param text the literal with its brackets and nothing else
     * @return the literal
     * @throws AddressSyntaxException if it is none
     */
    static AddressLiteral parse(String text) {
        Cursor in = new Cursor(text, 0);
        return in.whole(LiteralSyntax.read(in));
    }

    /**
     * The literal of an Internet address.
     *
     * @param address any address; the scope of an IPv6 address is left out
     * @return an IPv4 or IPv6 literal
     */
    static AddressLiteral of(InetAddress address) {
        return switch (address) {
            case Inet4Address v4 -> Ipv4Literal.of(v4.getAddress());
            case Inet6Address v6 -> Ipv6Literal.of(v6.getAddress());
            default -> throw new IllegalArgumentException("Neither IPv4 nor IPv6: " + address.getClass());
        };
    }

    @Override
    default boolean isAscii() {
        return true;
    }

    @Override
    default int octets() {
        return toString().length();
    }
}
