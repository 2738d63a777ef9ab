package org.mailwright.smtp.ext.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Since when a recipient must have been the same (RFC 7293 §4).
 *
 * @param since the time at which the sender last knew the owner
 * @param reject whether the mail must not go over a host that does not know RRVS ({@code R}); else it may ({@code C})
 * @since 0.1.0
 */
public record ValidSince(Instant since, boolean reject) {

    /** Reads a time of RFC 3339 and perhaps {@code ;C} or {@code ;R}; empty when it is anything else. */
    static Optional<ValidSince> read(String text) {
        int semicolon = text.indexOf(';');
        String time = semicolon < 0 ? text : text.substring(0, semicolon);
        String action = semicolon < 0 ? "R" : text.substring(semicolon + 1).toUpperCase(Locale.ROOT);
        if (!action.equals("R") && !action.equals("C")) {
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
