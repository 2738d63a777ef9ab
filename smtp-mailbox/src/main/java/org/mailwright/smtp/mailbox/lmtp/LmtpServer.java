package org.mailwright.smtp.mailbox.lmtp;

import java.nio.file.Path;
import org.mailwright.smtp.client.ServerAddress;

/**
 * Where an LMTP server listens.
 *
 * @since 0.1.0
 */
public sealed interface LmtpServer {

    /**
     * On a TCP port.
     *
     * @param host name or IP address, without brackets
     */
    record Tcp(String host, int port) implements LmtpServer {
        /** Checks host and port. */
        public Tcp {
            ServerAddress.of(host, port);
        }

        @Override
        public String toString() {
            return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
        }
    }

    /** On a Unix socket of this machine. */
    record Unix(Path socket) implements LmtpServer {
        @Override
        public String toString() {
            return socket.toString();
        }
    }

    /**
     * Reads {@code HOST:PORT}, {@code [IPv6]:PORT} or the absolute path of a Unix socket.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static LmtpServer parse(String text) {
        if (text.startsWith("/")) {
            return new Unix(Path.of(text));
        }
        int at = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(at, 0));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bare.isEmpty() || (!bracketed && bare.indexOf(':') >= 0)) {
            throw new IllegalArgumentException("expected HOST:PORT or /PATH, found " + text);
        }
        try {
            return new Tcp(bare, Integer.parseInt(text.substring(at + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected HOST:PORT or /PATH, found " + text, e);
        }
    }
}
