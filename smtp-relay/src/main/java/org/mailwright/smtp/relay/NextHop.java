package org.mailwright.smtp.relay;

import java.net.InetAddress;
import java.util.Optional;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.GeneralLiteral;
import org.mailwright.smtp.core.address.Ipv4Literal;
import org.mailwright.smtp.core.address.Ipv6Literal;

/**
 * Where mail goes next, as a lane or a transport map writes it.
 *
 * <ul>
 *   <li>{@code example.org}: the mail exchangers of the domain; without any, the host of that name
 *   <li>{@code example.org:2525}: the same, and all of them are connected to at that port
 *   <li>{@code [mx.example.org]}, {@code [mx.example.org]:587}: that host, without a look at mail exchangers
 *   <li>{@code [192.0.2.1]}, {@code [IPv6:2001:db8::1]:587}, {@code [2001:db8::1]}: that address
 * </ul>
 *
 * <p>An IP address without brackets is an error: an address has no mail exchangers, and a colon in one could be that of
 * a port.
 *
 * @param host a domain, or what is between the brackets; a name is in A-labels and small letters, an IPv6 address
 *     without its tag
 * @param port TCP port
 * @param direct whether brackets say that the host itself is meant, and not its mail exchangers
 * @since 0.1.0
 */
public record NextHop(String host, int port, boolean direct) {
    /** Where mail servers listen (RFC 5321 section 4.5.4.2). */
    public static final int SMTP_PORT = 25;

    private static final int HIGHEST_PORT = 65535;

    /**
     * Checks host and port.
     *
     * @throws IllegalArgumentException when one of them is none; the message says what is expected
     */
    public NextHop {
        if (looksNumeric(host)) {
            if (!direct) {
                throw new IllegalArgumentException("an IP address as the next hop stands in brackets: [" + host + "]");
            }
            host = AddressLiteral.of(ip(host)).toString().replaceAll("^\\[(IPv6:)?|]$", "");
        } else {
            host = name(host);
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
    }

    private static boolean looksNumeric(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]*[0-9][0-9.]*");
    }

    private static String name(String host) {
        try {
            return Domain.parse(host).canonical();
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException(
                    "a next hop is DOMAIN, [HOST] or [ADDRESS], with or without :PORT; no host is " + host, e);
        }
    }

    private static InetAddress ip(String host) {
        boolean bare = host.indexOf(':') >= 0 && !host.regionMatches(true, 0, "IPv6:", 0, 5);
        try {
            return switch (AddressLiteral.parse(bare ? "[IPv6:" + host + "]" : "[" + host + "]")) {
                case Ipv4Literal four -> four.toInetAddress();
                case Ipv6Literal six -> six.toInetAddress();
                case GeneralLiteral other -> throw new IllegalArgumentException("not an IP address: " + other);
            };
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException("not an IP address: " + host, e);
        }
    }

    /** Returns the address between the brackets, if there is one and not a name. */
    Optional<InetAddress> address() {
        return direct && looksNumeric(host) ? Optional.of(ip(host)) : Optional.empty();
    }

    /**
     * Reads the text form.
     *
     * @param port used when the text has none
     * @throws IllegalArgumentException when it is none; the message says what is expected
     */
    public static NextHop parse(String text, int port) {
        boolean direct = text.startsWith("[");
        int end = direct ? text.indexOf(']') + 1 : text.indexOf(':') < 0 ? text.length() : text.indexOf(':');
        if (direct && end == 0) {
            throw new IllegalArgumentException("a bracket is not closed in " + text);
        }
        if (!direct && text.indexOf(':') != text.lastIndexOf(':')) {
            throw new IllegalArgumentException("an IP address as the next hop stands in brackets: [" + text + "]");
        }
        String host = direct ? text.substring(1, end - 1) : text.substring(0, end);
        String rest = text.substring(end);
        if (rest.isEmpty()) {
            return new NextHop(host, port, direct);
        }
        if (!rest.matches(":[0-9]{1,5}")) {
            throw new IllegalArgumentException("expected :PORT, found " + rest + " in " + text);
        }
        return new NextHop(host, Integer.parseInt(rest.substring(1)), direct);
    }

    /** Returns the text form, with the port. */
    @Override
    public String toString() {
        return (direct ? "[" + host + "]" : host) + ":" + port;
    }
}
