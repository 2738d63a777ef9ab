package org.mailwright.smtp.queue.report;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some lines of text with places such as <code>{recipient}</code> to be filled. A brace that is meant as one is written
 * twice.
 *
 * @param lines without line ends
 */
record Template(List<String> lines) {

    /** A brace, a place, or a brace that begins neither. */
    static final Pattern PLACE = Pattern.compile("\\{\\{|\\{([a-z]*)}|\\{");

    Template {
        lines = List.copyOf(lines);
    }

    /**
     * Fills the places: all that the template has must have a value. A line that had a place and is blank now is left
     * out.
     */
    List<String> fill(Map<String, String> values) {
        return lines.stream()
                .map(line -> new Filled(line, fill(line, values)))
                .filter(filled -> filled.before().isBlank() || !filled.after().isBlank())
                .map(filled -> filled.after().stripTrailing())
                .toList();
    }

    /** Fills the places, all on one line. */
    String fillLine(Map<String, String> values) {
        return String.join(" ", fill(values).stream().map(String::strip).toList());
    }

    private static String fill(String line, Map<String, String> values) {
        return PLACE.matcher(line)
                .replaceAll(place -> Matcher.quoteReplacement(
                        place.group(1) == null ? "{" : values.getOrDefault(place.group(1), "")));
    }

    private record Filled(String before, String after) {}
}
