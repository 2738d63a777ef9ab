package org.mailwright.smtp.ext.size;

/**
 * The configuration of SIZE.
 *
 * @param limit octets of the largest mail that is taken: header, body and line ends, without stuffed dots; 0 for no
 *     limit
 * @since 0.1.0
 */
public record SizeConfig(long limit) {

    /** 50 MiB. */
    public static final SizeConfig DEFAULT = new SizeConfig(50L << 20);

    /** Checks the limit. */
    public SizeConfig {
        if (limit < 0) {
            throw new IllegalArgumentException("limit: expected 0 or more octets, found " + limit);
        }
    }

    /** Tells whether a mail of so many octets is too large. */
    boolean exceededBy(long octets) {
        return limit > 0 && octets > limit;
    }
}
