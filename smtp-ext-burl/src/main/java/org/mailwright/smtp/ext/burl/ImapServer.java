package org.mailwright.smtp.ext.burl;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * An IMAP server from which content is fetched.
 *
 * @param host where it is
 * @param port 143, or 993 with implicit TLS, if it is the usual one
 * @param security whether its connection is protected
 * @param certificates makes the sockets of TLS; empty: trusts what the Java runtime trusts
 * @param user who we are there, "submit" if it is the usual one (RFC 4468 §3.3)
 * @param password of that user
 * @param onBehalf whether we act there for the user who has logged in here (the authorization identity of SASL), which
 *     opens all mailboxes to that password (RFC 4468 §8); else the server knows us as one who submits
 * @since 0.1.0
 */
public record ImapServer(
        String host,
        int port,
        Security security,
        Optional<SSLSocketFactory> certificates,
        String user,
        String password,
        boolean onBehalf) {

    /** How a connection is protected. */
    public enum Security {
        /** In clear: for one host, or a network that nobody else is in. */
        NONE,
        /** TLS after STARTTLS, and nothing without it. */
        STARTTLS,
        /** TLS from the first octet. */
        IMPLICIT
    }

    /** Checks the port and the credentials. */
    public ImapServer {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: expected 1 to 65535, found " + port);
        }
        if (user.isEmpty() || password.isEmpty() || (user + password).indexOf('\0') >= 0) {
            throw new IllegalArgumentException("user and password are needed, without NUL");
        }
    }

    /** Returns the place and the user; the password is secret. */
    @Override
    public String toString() {
        return user + " at " + host + ":" + port + " " + security;
    }
}
