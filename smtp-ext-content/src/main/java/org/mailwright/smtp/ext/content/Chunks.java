package org.mailwright.smtp.ext.content;

/**
 * How a mail has come so far.
 *
 * @param count of chunks
 * @param octets of all of them
 */
record Chunks(long count, long octets) {

    static final Chunks NONE = new Chunks(0, 0);

    private static final int FEW = 1000;
    private static final int SMALL = 64;

    Chunks and(Bdat chunk) {
        return new Chunks(count + 1, octets + Math.min(chunk.octets(), Long.MAX_VALUE - octets));
    }

    /** Tells whether there are many, and hardly anything is in them: each costs more than what it brings. */
    boolean wasteful() {
        return count > FEW && octets / count < SMALL;
    }
}
