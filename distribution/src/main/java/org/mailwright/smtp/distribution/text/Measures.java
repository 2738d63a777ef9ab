package org.mailwright.smtp.distribution.text;

import java.time.Duration;
import java.util.Locale;

/**
 * Times and sizes as people read them.
 *
 * @since 0.1.0
 */
public final class Measures {
    private Measures() {}

    /** A time in its two largest units, such as {@code 2d 4h}. */
    public static String time(long seconds) {
        Duration time = Duration.ofSeconds(Math.max(0, seconds));
        if (time.toDays() > 0) {
            return two(time.toDays(), "d", time.toHoursPart(), "h");
        }
        if (time.toHours() > 0) {
            return two(time.toHours(), "h", time.toMinutesPart(), "m");
        }
        if (time.toMinutes() > 0) {
            return two(time.toMinutes(), "m", time.toSecondsPart(), "s");
        }
        return time.toSeconds() + "s";
    }

    private static String two(long large, String largeUnit, int small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }

    /** A size with three digits or less before its unit. */
    public static String size(long octets) {
        String[] units = {"kB", "MB", "GB", "TB"};
        if (octets < 1000) {
            return octets + " B";
        }
        double value = octets;
        int unit = -1;
        do {
            value /= 1000;
            unit++;
        } while (value >= 999.5 && unit < units.length - 1);
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** A number of things. */
    public static String count(long number, String thing, String things) {
        return number + " " + (number == 1 ? thing : things);
    }
}
