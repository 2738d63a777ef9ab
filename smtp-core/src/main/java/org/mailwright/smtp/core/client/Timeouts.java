package org.mailwright.smtp.core.client;

import java.time.Duration;

/**
 * How long a client waits for each reply, counted from when the one before came. The defaults are those of RFC 5321
 * §4.5.3.2; a shorter {@code finalReply} makes duplicates (RFC 1047).
 *
 * @param greeting for the first 220
 * @param hello for the answer to EHLO
 * @param step for each answer within a step such as AUTH
 * @param mail for the answer to MAIL and RSET
 * @param rcpt for the answer to RCPT
 * @param data for the 354
 * @param block for the peer to take a part of the content
 * @param finalReply for the answer to the end of the content
 * @param quit for the answer to QUIT; nothing depends on it
 * @param idle how long a connection without mails is kept; then it says QUIT
 * @since 0.1.0
 */
public record Timeouts(
        Duration greeting,
        Duration hello,
        Duration step,
        Duration mail,
        Duration rcpt,
        Duration data,
        Duration block,
        Duration finalReply,
        Duration quit,
        Duration idle) {

    /** What RFC 5321 §4.5.3.2 asks for; for steps what RFC 2645 §5.2.1 asks for ATRN, the longest of them. */
    public static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    /** Checks that none is zero or negative. */
    public Timeouts {
        check("greeting", greeting);
        check("hello", hello);
        check("step", step);
        check("mail", mail);
        check("rcpt", rcpt);
        check("data", data);
        check("block", block);
        check("finalReply", finalReply);
        check("quit", quit);
        check("idle", idle);
    }

    /** Returns the same time for everything: for tests and for peers next door. */
    public static Timeouts all(Duration time) {
        return new Timeouts(time, time, time, time, time, time, time, time, time, time);
    }

    private static void check(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " must be more than 0, not " + time);
        }
    }
}
