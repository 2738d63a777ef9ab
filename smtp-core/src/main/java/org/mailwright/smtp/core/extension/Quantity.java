package org.mailwright.smtp.core.extension;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads quantities as a configuration writes them. */
final class Quantity {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,19}) ?(B|[kKMGT]B|[kKMGT]iB)?");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<Character, Integer> POWERS = Map.of('B', 0, 'k', 1, 'K', 1, 'M', 2, 'G', 3, 'T', 4);
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Quantity() {}

    /** Returns octets; nothing when it is no size, or one past 2^63. */
    static Optional<Long> octets(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        String unit = size.group(2) == null ? "B" : size.group(2);
        long base = unit.endsWith("iB") ? 1024 : 1000;
        try {
            long octets = Long.parseLong(size.group(1));
            for (int power = POWERS.getOrDefault(unit.charAt(0), 0); power > 0; power--) {
                octets = Math.multiplyExact(octets, base);
            }
            return Optional.of(octets);
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** Returns a positive span; nothing when it is none. */
    static Optional<Duration> span(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return Optional.empty();
        }
        Duration unit = UNITS.getOrDefault(span.group(2), Duration.ZERO);
        return Optional.of(unit.multipliedBy(Long.parseLong(span.group(1)))).filter(Duration::isPositive);
    }

    /** Returns a map with its keys as text. */
    static Map<String, Object> byText(Map<?, ?> map) {
        Map<String, Object> typed = new LinkedHashMap<>();
        map.forEach((key, value) -> typed.put(String.valueOf(key), value));
        return typed;
    }
}
