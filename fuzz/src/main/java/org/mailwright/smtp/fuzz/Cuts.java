package org.mailwright.smtp.fuzz;

import java.util.Arrays;

/** How octets are cut into the pieces in which they arrive; the same octets are always cut in the same way. */
enum Cuts {
    /** Not at all. */
    WHOLE {
        @Override
        int piece(int at, int hash) {
            return Integer.MAX_VALUE;
        }
    },
    /** Behind each octet. */
    OCTETS {
        @Override
        int piece(int at, int hash) {
            return 1;
        }
    },
    /** Here and there, mostly short. */
    RANDOM {
        @Override
        int piece(int at, int hash) {
            int mixed = (hash ^ at) * 0x9E3779B1;
            mixed ^= mixed >>> 15;
            return (mixed & 7) == 0 ? 1 + (mixed >>> 8 & 1023) : 1 + (mixed >>> 8 & 15);
        }
    };

    /** Takes a piece. */
    @FunctionalInterface
    interface Taker {
        /** Takes the octets from one index to before another; returns false when it wants no more. */
        boolean take(int from, int to);
    }

    /** Returns the length of the piece that begins at an index. */
    abstract int piece(int at, int hash);

    /** Gives out the pieces one after the other. */
    void of(byte[] octets, int from, int to, Taker taker) {
        int hash = Arrays.hashCode(octets);
        int at = from;
        while (at < to) {
            int end = at + Math.min(piece(at, hash), to - at);
            if (!taker.take(at, end)) {
                return;
            }
            at = end;
        }
    }
}
