package org.mailwright.smtp.core.session;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Names for sessions and mails: 13 letters and digits, rising, unique on one machine across restarts as long as fewer
 * than four million are drawn per millisecond of the time between.
 *
 * @since 0.1.0
 */
public final class MailIds implements Supplier<String> {

    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private final AtomicLong next;

    /**
     * A source of names.
     *
     * @param startMillis the time of the start, in milliseconds since 1970
     * @param salt tells two sources apart that start within the same millisecond
     */
    public MailIds(long startMillis, int salt) {
        this.next = new AtomicLong((startMillis << 22) | (salt & 0x3fffff));
    }

    /** Returns a source that starts now. */
    public static MailIds startingNow() {
        return new MailIds(System.currentTimeMillis(), new SecureRandom().nextInt());
    }

    @Override
    public String get() {
        long value = next.getAndIncrement();
        char[] text = new char[13];
        for (int i = 12; i >= 0; i--) {
            text[i] = DIGITS[(int) value & 31];
            value >>>= 5;
        }
        return new String(text);
    }
}
