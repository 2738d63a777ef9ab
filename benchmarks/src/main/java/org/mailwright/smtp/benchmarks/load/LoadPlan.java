package org.mailwright.smtp.benchmarks.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What a run of the load generator sends, and how.
 *
 * @param server where the connections go
 * @param sessions connections open at the same time, 1 to 60000
 * @param messages mails in all, shared among the sessions, at least 1
 * @param size octets of one mail as sent, without the final dot, 128 octets to 1 TiB
 * @param keep whether a connection carries many mails; otherwise each mail has a connection of its own
 * @param pipelining whether MAIL, RCPT and DATA leave in one write (RFC 2920)
 * @param tls how the connection is protected; certificates are not verified
 * @param lmtp whether LMTP is spoken (RFC 2033) instead of SMTP
 * @param recipients recipients of each mail, 1 to 10000
 * @param from reverse-path of every mail, without angle brackets
 * @param to forward-path; where it holds {@code {}}, the number of the recipient stands in its place
 * @param threads threads that drive the sessions, 1 to 64
 * @param patience longest time to wait for one step of the dialogue
 */
record LoadPlan(
        InetSocketAddress server,
        int sessions,
        long messages,
        long size,
        boolean keep,
        boolean pipelining,
        TlsMode tls,
        boolean lmtp,
        int recipients,
        String from,
        String to,
        int threads,
        Duration patience) {

    static final LoadPlan DEFAULTS = new LoadPlan(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 2525),
            20,
            10_000,
            10 * 1024,
            true,
            false,
            TlsMode.NONE,
            false,
            1,
            "load@example.test",
            "sink{}@example.test",
            1,
            Duration.ofSeconds(60));

    LoadPlan {
        between("sessions", sessions, 1, 60_000);
        between("messages", messages, 1, Long.MAX_VALUE);
        between("size", size, 128, 1L << 40);
        between("recipients", recipients, 1, 10_000);
        between("threads", threads, 1, 64);
        address("from", from);
        address("to", to);
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("timeout must be longer than 0 s, not " + patience);
        }
    }

    private static void between(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", not " + value);
        }
    }

    private static void address(String key, String value) {
        if (value.chars().anyMatch(c -> c <= ' ' || c >= 127 || c == '<' || c == '>')) {
            throw new IllegalArgumentException(
                    key + " must be printable ASCII without spaces or brackets, not " + value);
        }
    }
}
