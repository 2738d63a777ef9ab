package org.mailwright.smtp.core.session;

/**
 * Bounds on what one client may do. Everything that a peer can send is bounded by one of these.
 *
 * @param line octets of a command line with its CRLF; a longer one gets 500 5.5.2; at least 512 (RFC 5321 §4.5.3.1.4).
 *     Verbs that need more, such as AUTH, have more
 * @param recipients accepted recipients of one mail; one more gets 452 4.5.3; at least 100 (RFC 5321 §4.5.3.1.8)
 * @param errors refused commands of one session; one more gets 421 4.7.0
 * @param junk commands of one session that lead to no mail (EHLO, NOOP, RSET, VRFY…) since the last mail; one more gets
 *     421 4.7.0
 * @param lineFlood octets without a line end, beyond the longest line allowed, after which the client is given up
 * @param bodyBuffer octets of content that are collected in memory before a blocking sink is called, per session
 * @param repairLineEnds whether bare CR and LF in the content become CRLF; else such a mail is refused (550 5.6.11)
 * @since 0.1.0
 */
public record Limits(
        int line, int recipients, int errors, int junk, int lineFlood, int bodyBuffer, boolean repairLineEnds) {

    /**
     * What a server on the open Internet can live with. A line has room for any combination of parameters, as RFC 3461
     * §5.4 wants it: those of MAIL need up to 2600 octets, 1007 of them for SOLICIT.
     */
    public static final Limits DEFAULT = new Limits(4096, 1000, 20, 200, 64 * 1024, 32 * 1024, false);

    /** Checks the bounds. */
    public Limits {
        atLeast("line", line, 512);
        atLeast("recipients", recipients, 100);
        atLeast("errors", errors, 1);
        atLeast("junk", junk, 1);
        atLeast("line-flood", lineFlood, 1024);
        atLeast("body-buffer", bodyBuffer, 4096);
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(key + ": expected at least " + least + ", found " + value);
        }
    }
}
