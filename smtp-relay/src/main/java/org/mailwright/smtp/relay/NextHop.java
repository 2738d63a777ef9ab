package org.mailwright.smtp.relay;

import java.util.Locale;

/**
 * Where mail goes next, as a lane or a transport map writes it: {@code example.org}, {@code example.org:2525},
 * {@code [mx.example.org]}, {@code [192.0.2.1]:587}.
 *
 * @param host a domain, or what is between the brackets
 * @param port TCP port
 * @param direct whether brackets say that the host itself is meant, and not its mail exchangers
 * @since 0.1.0
 */
public record NextHop(String host, int port, boolean direct) {
    /** Where mail servers listen (RFC 5321 section 4.5.4.2). */
    public static final int SMTP_PORT = 25;

    /** Checks host and port; the host becomes lower case. */
    public NextHop {
        host = host.toLowerCase(Locale.ROOT);
        if (host.isEmpty() || host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
            throw new IllegalArgumentException("a next hop is DOMAIN, [HOST] or [ADDRESS], with or without :PORT");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
    }

    /**
     * Reads the text form.
     *
     * @param port used when the text has none
     * @throws IllegalArgumentException when it is none
     */
    public static NextHop parse(String text, int port) {
        boolean direct = text.startsWith("[");
        int end = direct ? text.indexOf(']') + 1 : text.indexOf(':') < 0 ? text.length() : text.indexOf(':');
        if (direct && end == 0) {
            throw new IllegalArgumentException("a bracket is not closed in " + text);
        }
        String host = direct ? text.substring(1, end - 1) : text.substring(0, end);
        String rest = text.substring(end);
        if (rest.isEmpty()) {
            return new NextHop(host, port, direct);
        }
        if (!rest.matches(":[0-9]{1,5}")) {
            throw new IllegalArgumentException("expected :PORT, found " + rest);
        }
        return new NextHop(host, Integer.parseInt(rest.substring(1)), direct);
    }
}
