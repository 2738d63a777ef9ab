package org.mailwright.smtp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.ListenerProfile;

/**
 * One address at which a server listens, and what it is for.
 *
 * @param profile name, role, host name, bounds
 * @param address IPv4 or IPv6 address and port; port 0 takes a free one
 * @param extensions ids of the extensions it has; empty for all that are installed and meant for its role
 * @since 0.1.0
 */
public record SmtpListener(ListenerProfile profile, InetSocketAddress address, Optional<Set<String>> extensions) {

    /** Copies the set. */
    public SmtpListener {
        extensions = extensions.map(Set::copyOf);
    }

    /**
     * Returns a listener in clear, or with STARTTLS where that extension is installed, with default bounds.
     *
     * @param address such as "127.0.0.1:2525" or "[::1]:25"; never looked up in the DNS but for "localhost"
     * @throws IllegalArgumentException when the address is none
     */
    public static SmtpListener of(String name, Role role, String hostname, String address) {
        return new SmtpListener(ListenerProfile.of(name, role, hostname), address(address), Optional.empty());
    }

    /**
     * Returns a copy that has these extensions only, by id, and of all others neither keyword nor verb nor parameter.
     */
    public SmtpListener only(String... ids) {
        return new SmtpListener(profile, address, Optional.of(Set.of(ids)));
    }

    /** Tells whether it can go on at the socket of another: at any free port, only under the same name. */
    boolean continues(SmtpListener other) {
        return address.equals(other.address)
                && profile.implicitTls() == other.profile.implicitTls()
                && (address.getPort() != 0 || profile.name().equals(other.profile.name()));
    }

    /**
     * Reads an address.
     *
     * @param text an IPv4 address, a bracketed IPv6 address or "localhost", a colon and a port of 0 to 65535
     * @throws IllegalArgumentException when it is none
     */
    public static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean literal = host.matches("[0-9.]+|\\[[0-9A-Fa-f:.]+\\]|localhost");
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (literal && port >= 0 && port <= 65535) {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            }
        } catch (NumberFormatException | UnknownHostException notAnAddress) {
            throw new IllegalArgumentException(expected(text), notAnAddress);
        }
        throw new IllegalArgumentException(expected(text));
    }

    private static String expected(String text) {
        return "address: expected HOST:PORT such as 127.0.0.1:2525 or [::1]:25, found " + text;
    }
}
