package org.mailwright.smtp.ext.dsn;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what a mail can be tracked (RFC 3885 §3.1). The wire knows how long; here is kept until when, so that time spent
 * in a queue counts.
 *
 * @param certifier the hash of the sender's secret in base64 without padding, up to {@value #LONGEST} characters
 * @param until when servers may forget the mail; empty: as they see fit
 * @since 0.1.0
 */
public record Tracking(String certifier, Optional<Instant> until) {

    /** The most characters of a certifier: a parameter has 40 of the line of MAIL, keyword included (RFC 3885 §2). */
    public static final int LONGEST = 34;

    private static final Pattern CERTIFIER = Pattern.compile("[A-Za-z0-9+/]{1," + LONGEST + "}");
    private static final Pattern SYNTAX = Pattern.compile("([A-Za-z0-9+/]{1," + LONGEST + "})(?::([0-9]{1,9}))?");
    private static final Pattern STORED = Pattern.compile("([A-Za-z0-9+/]{1," + LONGEST + "})(?::(-?[0-9]{1,18}))?");

    /** Checks the certifier. */
    public Tracking {
        if (!CERTIFIER.matcher(certifier).matches()) {
            throw new IllegalArgumentException("a certifier is 1 to " + LONGEST + " characters of base64");
        }
    }

    /** Reads a certifier, and perhaps ":" and seconds; empty when it is anything else. */
    static Optional<Tracking> read(String value, Instant now) {
        Matcher parts = SYNTAX.matcher(value);
        return parts.matches()
                ? Optional.of(new Tracking(
                        parts.group(1),
                        Optional.ofNullable(parts.group(2)).map(text -> now.plusSeconds(Long.parseLong(text)))))
                : Optional.empty();
    }

    /** Tells whether it is over: such a certifier goes to nobody. */
    boolean isOver(Instant now) {
        return until.filter(end -> left(now, end) <= 0).isPresent();
    }

    /** Returns what stands on the line now: whole seconds, rounded down, so that no relay adds time. */
    String written(Instant now) {
        return certifier
                + until.map(end -> ":" + Math.clamp(left(now, end), 0, 999_999_999))
                        .orElse("");
    }

    /** Returns the form that survives a queue. */
    String stored() {
        return certifier + until.map(end -> ":" + end.getEpochSecond()).orElse("");
    }

    /** Reads {@link #stored}. */
    static Tracking restored(String text) {
        Matcher parts = STORED.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a value of MTRK: " + text);
        }
        return new Tracking(
                parts.group(1),
                Optional.ofNullable(parts.group(2)).map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds))));
    }

    private static long left(Instant now, Instant end) {
        return Math.floorDiv(Duration.between(now, end).toMillis(), 1000L);
    }
}
