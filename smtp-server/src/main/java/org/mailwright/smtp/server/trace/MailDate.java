package org.mailwright.smtp.server.trace;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the present time as RFC 5322 §3.3 wants it, with a numeric offset; formats once per second only. */
final class MailDate {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private record Known(long second, String text) {}

    private final Clock clock;
    private volatile Known last = new Known(Long.MIN_VALUE, "");

    MailDate(Clock clock) {
        this.clock = clock;
    }

    String now() {
        Instant instant = clock.instant();
        Known known = last;
        if (known.second() != instant.getEpochSecond()) {
            known = new Known(instant.getEpochSecond(), FORMAT.format(instant.atZone(clock.getZone())));
            last = known;
        }
        return known.text();
    }
}
