package org.mailwright.smtp.ext.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By when a mail is to be delivered (RFC 2852 §4). The wire knows spans; here is kept when they end, so that time spent
 * in a queue counts.
 *
 * @param deadline when the mail is late
 * @param mode what happens then
 * @param trace whether the sender wants to hear of each relay on the way ({@code T})
 * @since 0.1.0
 */
public record DeliverBy(Instant deadline, Mode mode, boolean trace) {

    /** The longest span, in seconds: 9 digits. */
    private static final long LONGEST = 999_999_999;

    private static final Pattern SYNTAX = Pattern.compile("([+-]?)([0-9]{1,9});([NnRr])([Tt]?)");
    private static final Pattern STORED = Pattern.compile("(-?[0-9]{1,18});([NR])(T?)");

    /** What happens to a mail that is late. */
    public enum Mode {
        /** It is still delivered, and the sender told that it is late ({@code N}). */
        NOTIFY("N"),
        /** It goes back to the sender ({@code R}). */
        RETURN("R");

        private final String letter;

        Mode(String letter) {
            this.letter = letter;
        }

        static Mode of(String letter) {
            return letter.equalsIgnoreCase(RETURN.letter) ? RETURN : NOTIFY;
        }
    }

    /** Returns how much time is left; none or less when it is late. */
    public Duration left(Instant now) {
        return Duration.between(now, deadline);
    }

    /** Reads {@code by-time;by-mode} and perhaps {@code by-trace}; empty when it is anything else. */
    static Optional<DeliverBy> read(String value, Instant now) {
        Matcher parts = SYNTAX.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long seconds = Long.parseLong(parts.group(2));
        Instant deadline = now.plusSeconds(parts.group(1).equals("-") ? -seconds : seconds);
        return Optional.of(
                new DeliverBy(deadline, Mode.of(parts.group(3)), !parts.group(4).isEmpty()));
    }

    /** Returns what stands on the line now: whole seconds, rounded down, so that no relay adds time. */
    String written(Instant now) {
        long seconds = Math.clamp(Math.floorDiv(left(now).toMillis(), 1000L), -LONGEST, LONGEST);
        return seconds + flags();
    }

    /** Returns the form that survives a queue. */
    String stored() {
        return deadline.getEpochSecond() + flags();
    }

    /** Reads {@link #stored}. */
    static DeliverBy restored(String text) {
        Matcher parts = STORED.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a value of BY: " + text);
        }
        return new DeliverBy(
                Instant.ofEpochSecond(Long.parseLong(parts.group(1))),
                Mode.of(parts.group(2)),
                !parts.group(3).isEmpty());
    }

    private String flags() {
        return ";" + mode.letter + (trace ? "T" : "");
    }
}
