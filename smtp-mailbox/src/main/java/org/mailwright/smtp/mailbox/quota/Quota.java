package org.mailwright.smtp.mailbox.quota;

/**
 * How much one mailbox may hold.
 *
 * @param octets most octets of all mails; 0: no bound
 * @param messages most mails; 0: no bound
 * @since 0.1.0
 */
public record Quota(long octets, long messages) {
    /** No bound. */
    public static final Quota NONE = new Quota(0, 0);

    /** Checks the values. */
    public Quota {
        if (octets < 0 || messages < 0) {
            throw new IllegalArgumentException("a quota must not be negative: " + octets + ", " + messages);
        }
    }

    /** Tells whether there is a bound. */
    public boolean isBounded() {
        return octets > 0 || messages > 0;
    }

    /** Tells whether so much is more than it allows. */
    public boolean isExceededBy(Usage usage) {
        return (octets > 0 && usage.octets() > octets) || (messages > 0 && usage.messages() > messages);
    }

    /** How much a mailbox holds. */
    public record Usage(long octets, long messages) {
        /** Returns the sum; of more than fits a {@code long}, the most: a client may declare any size. */
        public Usage plus(long moreOctets, long moreMessages) {
            long sum = moreOctets > 0 && octets > Long.MAX_VALUE - moreOctets ? Long.MAX_VALUE : octets + moreOctets;
            return new Usage(sum, messages + moreMessages);
        }
    }
}
