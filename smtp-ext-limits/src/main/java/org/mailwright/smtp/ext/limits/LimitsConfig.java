package org.mailwright.smtp.ext.limits;

/**
 * The configuration of LIMITS.
 *
 * @param mails how many mails one connection may bring, to 999999; 0 for any number
 * @param recipients how many recipients a mail may have, to 999999; 0 for as many as the listener takes, which is the
 *     most in any case
 * @param domains how many domains the recipients on one connection may have, to 999999; 0 for any number
 * @since 0.1.0
 */
public record LimitsConfig(int mails, int recipients, int domains) {

    /** The largest value: 6 digits (RFC 9422 §4). */
    public static final int MOST = 999_999;

    /** Says how many recipients the listener takes, and limits nothing else. */
    public static final LimitsConfig DEFAULT = new LimitsConfig(0, 0, 0);

    /** Checks the values. */
    public LimitsConfig {
        check("mails", mails);
        check("recipients", recipients);
        check("domains", domains);
    }

    private static void check(String key, int value) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException(key + ": expected 0 to " + MOST + ", found " + value);
        }
    }
}
