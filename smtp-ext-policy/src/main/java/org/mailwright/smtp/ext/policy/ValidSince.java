package org.mailwright.smtp.ext.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Since when a recipient must have been the same (RFC 7293 §4).
 *
 * @param since the time at which the sender last knew the owner
 * @param reject whether the mail must not go over a host that does not know RRVS ({@code R}); else it may ({@code C})
 * @since 0.1.0
 */
public record ValidSince(Instant since, boolean reject) {

    /** A time of RFC 3339, in whole seconds (RFC 7293 §3.1). */
    private static final Pattern TIME = Pattern.compile("[^.,]*:[0-9]{2}:[0-9]{2}[^.,]+");

    /** Reads a time of RFC 3339 and perhaps {@code ;C} or {@code ;R}; empty when it is anything else. */
    static Optional<ValidSince> read(String text) {
        int semicolon = text.indexOf(';');
        String time = semicolon < 0 ? text : text.substring(0, semicolon);
        String action = semicolon < 0 ? "R" : text.substring(semicolon + 1).toUpperCase(Locale.ROOT);
        if (!TIME.matcher(time).matches() || (!action.equals("R") && !action.equals("C"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ValidSince(OffsetDateTime.parse(time).toInstant(), action.equals("R")));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** Returns what stands on the line. */
    @Override
    public String toString() {
        return since.truncatedTo(ChronoUnit.SECONDS) + ";" + (reject ? "R" : "C");
    }
}
