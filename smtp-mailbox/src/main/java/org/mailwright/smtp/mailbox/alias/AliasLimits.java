package org.mailwright.smtp.mailbox.alias;

/**
 * How far aliases are followed for one recipient.
 *
 * @param depth most steps from alias to alias, forwards and other names of domains included
 * @param recipients most addresses in the end
 * @since 0.1.0
 */
public record AliasLimits(int depth, int recipients) {
    /** 10 steps and 1000 addresses. */
    public static final AliasLimits DEFAULT = new AliasLimits(10, 1000);

    /** Checks the values. */
    public AliasLimits {
        if (depth < 1 || depth > 100) {
            throw new IllegalArgumentException("depth must be 1 to 100, not " + depth);
        }
        if (recipients < 1) {
            throw new IllegalArgumentException("recipients must be at least 1, not " + recipients);
        }
    }
}
