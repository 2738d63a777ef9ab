package org.mailwright.smtp.ext.turn;

/**
 * What came of the wish to have the mail of an {@link EtrnNode} sent (RFC 1985 §5.2).
 *
 * @since 0.1.0
 */
public sealed interface Flush {

    /** Begun; how much there is, is not told: 250. */
    record Started() implements Flush {}

    /** Nothing waits: 251. */
    record NothingWaits() implements Flush {}

    /** Begun, and there is mail; how much, is not told: 252. */
    record PendingStarted() implements Flush {}

    /**
     * Begun: 253.
     *
     * @param messages how many wait, at least 1
     */
    record CountedStarted(long messages) implements Flush {
        /** Checks the number. */
        public CountedStarted {
            if (messages < 1) {
                throw new IllegalArgumentException("messages must be at least 1, not " + messages);
            }
        }
    }

    /**
     * Not now: 458.
     *
     * @param reason for the client to read
     */
    record Unable(String reason) implements Flush {}

    /**
     * Not this node: 459.
     *
     * @param reason for the client to read
     */
    record NotAllowed(String reason) implements Flush {}
}
