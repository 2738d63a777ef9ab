package org.mailwright.smtp.ext.auth.client;

import org.mailwright.smtp.ext.auth.scram.ScramHash;

/**
 * How many iterations of SCRAM a client computes for a server: too few would give the password away to one who guesses,
 * too many are an attack on the client.
 *
 * @param minimum {@value ScramHash#MIN_ITERATIONS} by default
 * @param maximum 1,000,000 by default, about a second of work
 * @since 0.1.0
 */
public record ScramBounds(int minimum, int maximum) {

    /** 4096 to 1,000,000. */
    public static final ScramBounds DEFAULT = new ScramBounds(ScramHash.MIN_ITERATIONS, 1_000_000);

    /** Checks that the bounds are not empty. */
    public ScramBounds {
        if (minimum < 1 || maximum < minimum) {
            throw new IllegalArgumentException(
                    "scram-iterations must be a range above 0, not " + minimum + " to " + maximum);
        }
    }
}
