package org.mailwright.smtp.core.client;

import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.command.Command;

/**
 * How a client behaves on every connection.
 *
 * @param hostname the name or address literal after EHLO; without blanks and control characters. A domain is kept with
 *     A-labels: what the server offers is known only after EHLO (RFC 6531 §3.7.1)
 * @param lmtp whether LMTP is spoken (RFC 2033) and not SMTP
 * @param pipelining whether commands go out in groups where the peer allows it (RFC 2920)
 * @param replyLine octets of a reply line with CRLF, 512 to 65536; RFC 5321 §4.5.3.1.5 allows 512
 * @param replyLines lines of a reply, 1 to 512
 * @param timeouts how long to wait
 * @since 0.1.0
 */
public record ClientConfig(
        String hostname, boolean lmtp, boolean pipelining, int replyLine, int replyLines, Timeouts timeouts) {

    /** An SMTP client called {@code localhost}. */
    public static final ClientConfig DEFAULTS =
            new ClientConfig("localhost", false, true, 8192, 512, Timeouts.DEFAULTS);

    /** Checks the values. */
    public ClientConfig {
        if (hostname.isEmpty() || hostname.indexOf(' ') >= 0 || Command.firstControl(hostname) >= 0) {
            throw new IllegalArgumentException("hostname must be a name without blanks and control characters");
        }
        hostname = Domain.asciiName(hostname);
        if (hostname.length() > 255) {
            throw new IllegalArgumentException("hostname is longer than 255 characters");
        }
        if (replyLine < 512 || replyLine > 65536) {
            throw new IllegalArgumentException("replyLine must be 512 to 65536, not " + replyLine);
        }
        if (replyLines < 1 || replyLines > 512) {
            throw new IllegalArgumentException("replyLines must be 1 to 512, not " + replyLines);
        }
    }

    /** Returns the same with another name after EHLO. */
    public ClientConfig withHostname(String name) {
        return new ClientConfig(name, lmtp, pipelining, replyLine, replyLines, timeouts);
    }

    /** Returns the same with LMTP, or SMTP. */
    public ClientConfig withLmtp(boolean on) {
        return new ClientConfig(hostname, on, pipelining, replyLine, replyLines, timeouts);
    }

    /** Returns the same with or without pipelining. */
    public ClientConfig withPipelining(boolean on) {
        return new ClientConfig(hostname, lmtp, on, replyLine, replyLines, timeouts);
    }

    /** Returns the same with other times. */
    public ClientConfig withTimeouts(Timeouts times) {
        return new ClientConfig(hostname, lmtp, pipelining, replyLine, replyLines, times);
    }
}
