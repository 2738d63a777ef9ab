package org.mailwright.smtp.queue.report;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.core.text.Utf8;

/** Reads a file of passages, line by line, and says where it is wrong. */
final class TextsReader {

    private static final Pattern NAME = Pattern.compile("\\[([^\\[\\]]*)]\\s*");
    private static final int LONGEST_LINE = 2000;

    private final String file;
    private final Map<String, Template> passages = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private Optional<String> name = Optional.empty();
    private int nameLine;
    private int number;

    /** Makes a reader that calls the file so in its errors. */
    TextsReader(String file) {
        this.file = file;
    }

    /**
     * Reads all of it.
     *
     * @throws IllegalArgumentException when it is wrong: says file, line, and what was expected
     */
    Map<String, Template> read(byte[] octets) {
        ByteArrayInputStream rest = new ByteArrayInputStream(octets);
        while (rest.available() > 0) {
            number++;
            line(next(rest));
        }
        end();
        return Map.copyOf(passages);
    }

    private String next(ByteArrayInputStream rest) {
        byte[] line = new byte[Math.min(rest.available(), LONGEST_LINE + 1)];
        int length = 0;
        for (int octet = rest.read(); octet >= 0 && octet != '\n'; octet = rest.read()) {
            if (length == LONGEST_LINE) {
                throw wrong(number, "expected at most " + LONGEST_LINE + " octets in a line");
            }
            line[length++] = (byte) octet;
        }
        String text = Utf8.decode(line, 0, length)
                .orElseThrow(() -> wrong(number, "expected text in UTF-8"))
                .stripTrailing();
        return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            return;
        }
        if (line.startsWith("[")) {
            end();
            begin(line);
        } else if (name.isPresent()) {
            check(line, Passages.all().getOrDefault(name.get(), Set.of()));
            lines.add(line);
        } else if (!line.isBlank()) {
            throw wrong(number, "expected the name of a passage, such as [failed.begin], before any text");
        }
    }

    private void begin(String line) {
        Matcher found = NAME.matcher(line);
        if (!found.matches()) {
            throw wrong(number, "expected the name of a passage in brackets, such as [failed.begin]");
        }
        String begun = found.group(1);
        if (!Passages.all().containsKey(begun)) {
            throw wrong(
                    number,
                    "expected the name of a passage, not [" + begun + "]; there are "
                            + String.join(", ", Passages.all().keySet()));
        }
        if (passages.containsKey(begun)) {
            throw wrong(number, "expected each passage once, but [" + begun + "] is there twice");
        }
        name = Optional.of(begun);
        nameLine = number;
    }

    private void check(String line, Set<String> places) {
        int tab = line.indexOf('\t');
        String expected = places.isEmpty() ? "no places" : "{" + String.join("}, {", new TreeSet<>(places)) + "}";
        if (tab >= 0 || line.chars().anyMatch(Character::isISOControl)) {
            throw wrong(number, "expected text without tabs and control characters");
        }
        Matcher place = Template.PLACE.matcher(line);
        while (place.find()) {
            String found = place.group(1);
            if (found == null && place.end() - place.start() == 1) {
                throw wrong(number, "expected a place such as {recipient}, or {{ for a brace that is meant as one");
            }
            if (found != null && !places.contains(found)) {
                throw wrong(number, "expected " + expected + " here, not {" + found + "}");
            }
        }
    }

    private void end() {
        name.ifPresent(ended -> {
            while (!lines.isEmpty() && lines.get(0).isBlank()) {
                lines.remove(0);
            }
            while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
                lines.remove(lines.size() - 1);
            }
            if (ended.endsWith(".subject") && lines.size() != 1) {
                throw wrong(nameLine, "expected one line of text for [" + ended + "], not " + lines.size());
            }
            passages.put(ended, new Template(lines));
            lines.clear();
        });
    }

    private IllegalArgumentException wrong(int line, String expected) {
        return new IllegalArgumentException(file + ":" + line + ": " + expected);
    }
}
