package org.mailwright.smtp.ext.auth.store;

/**
 * How much one Argon2id hash costs (RFC 9106 section 3.1).
 *
 * @param memoryKib memory, in KiB: 8 for each lane, to 1 GiB
 * @param passes passes over the memory, 1 to 64
 * @param lanes lanes, 1 to 16; they are computed one after the other
 * @since 0.1.0
 */
public record Argon2Cost(int memoryKib, int passes, int lanes) {

    /** 19 MiB, 2 passes, 1 lane. */
    public static final Argon2Cost DEFAULT = new Argon2Cost(19 * 1024, 2, 1);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when a value is out of them
     */
    public Argon2Cost {
        if (lanes < 1 || lanes > 16) {
            throw new IllegalArgumentException("argon2-lanes must be 1 to 16, not " + lanes);
        }
        if (passes < 1 || passes > 64) {
            throw new IllegalArgumentException("argon2-passes must be 1 to 64, not " + passes);
        }
        if (memoryKib < 8 * lanes || memoryKib > 1024 * 1024) {
            throw new IllegalArgumentException(
                    "argon2-memory must be " + 8 * lanes + " KiB to 1 GiB, not " + memoryKib + " KiB");
        }
    }
}
