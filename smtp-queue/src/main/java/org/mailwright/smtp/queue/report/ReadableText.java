package org.mailwright.smtp.queue.report;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.Reporter.Told;

/**
 * The part of a report that people read.
 *
 * @param texts its words
 * @param hostname this host
 * @param now when it is written
 * @param zone in which times are told
 */
record ReadableText(ReportTexts texts, String hostname, Instant now, ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm (xxx)", Locale.ROOT);
    private static final int COLUMNS = 72;
    private static final int LONGEST_WORD = 300; // characters, so that no line has more than 998 octets
    private static final int LONGEST_REPLY = 600;
    private static final int LONGEST_SUBJECT = 120;
    private static final int MOST_RECIPIENTS = 50;

    /** Returns the subject of the report. */
    String subject(Kind kind, Map<String, String> values) {
        return texts.passage(key(kind) + ".subject").fillLine(values);
    }

    /**
     * Returns what the passages of one mail are filled with.
     *
     * @param subject empty when it cannot be known any more
     */
    Map<String, String> values(Message message, Mailbox sender, Optional<String> subject) {
        String shown = subject.map(read -> FieldText.line(read, LONGEST_SUBJECT, true))
                .orElseGet(() -> fill("gone-subject", Map.of()));
        Map<String, String> values = new HashMap<>();
        values.put("subject", shown.isBlank() ? fill("no-subject", Map.of()) : shown);
        values.put("sender", FieldText.line(sender.toString(), 300, true));
        values.put("arrived", time(message.accepted()));
        values.put("hostname", hostname);
        return values;
    }

    /**
     * Returns the text.
     *
     * @param gone whether the mail itself cannot be read any more, so that it is not in the report
     */
    byte[] write(Kind kind, List<Told> recipients, Map<String, String> values, boolean gone) {
        List<String> lines = new ArrayList<>(texts.passage(key(kind) + ".begin").fill(values));
        for (Told told : recipients.subList(0, Math.min(recipients.size(), MOST_RECIPIENTS))) {
            lines.add("");
            lines.addAll(texts.passage(key(kind) + ".recipient").fill(values(told, values)));
        }
        if (recipients.size() > MOST_RECIPIENTS) {
            lines.add("");
            lines.addAll(texts.passage("more").fill(count(recipients.size() - MOST_RECIPIENTS)));
        }
        lines.add("");
        if (gone) {
            lines.addAll(texts.passage("gone").fill(values));
            lines.add("");
        }
        lines.addAll(texts.passage(gone && kind == Kind.FAILED ? "failed.gone" : key(kind) + ".end")
                .fill(values));
        StringBuilder out = new StringBuilder(1024);
        lines.forEach(line -> wrap(line, out));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> values(Told told, Map<String, String> mail) {
        Map<String, String> values = new HashMap<>(mail);
        Message message = told.delivery().message();
        values.put(
                "recipient", FieldText.line(told.delivery().recipient().path().toString(), 300, true));
        values.put("reply", FieldText.line(told.result().outcome().reply().toString(), LONGEST_REPLY, true));
        values.put("host", FieldText.line(told.result().remoteMta().orElse(hostname), 255, true));
        values.put("tried", span(Duration.between(message.accepted(), now)));
        values.put("until", time(told.until().orElse(message.expires())));
        Reason reason = Reason.of(told.result().outcome());
        switch (told.kind()) {
            case FAILED -> {
                boolean expired = !told.result().outcome().isPermanent();
                String why = fill("reason." + reason.key(), values);
                values.put("advice", fill("advice." + reason.key(), values));
                values.put("reason", expired ? why + " " + fill("given-up", values) : why);
            }
            case DELAYED -> values.put("reason", fill("reason." + reason.key(), values));
            case SUCCEEDED -> values.put("reason", fill("reason." + success(told), values));
        }
        return values;
    }

    private static String success(Told told) {
        return switch (told.result().action()) {
            case DELIVERED -> "delivered";
            case RELAYED -> "relayed";
            case PASSED_ON -> "passed-on";
            case EXPANDED -> "expanded";
        };
    }

    private String fill(String passage, Map<String, String> values) {
        return texts.passage(passage).fillLine(values);
    }

    /** How long it has been tried, in a unit of which there are at least two. */
    private String span(Duration age) {
        if (age.toHours() >= 48) {
            return fill("days", count(age.toDays()));
        }
        return age.toMinutes() >= 120
                ? fill("hours", count(age.toHours()))
                : fill("minutes", count(Math.max(age.toMinutes(), 2)));
    }

    private static Map<String, String> count(long number) {
        return Map.of("count", Long.toString(number));
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private static String key(Kind kind) {
        return switch (kind) {
            case FAILED -> "failed";
            case DELAYED -> "delayed";
            case SUCCEEDED -> "succeeded";
        };
    }

    /** Writes a line as several that are not too long, all with its indent. */
    private static void wrap(String line, StringBuilder out) {
        String text = line.strip();
        String indent = " ".repeat(Math.min(line.indexOf(text.isEmpty() ? "" : text), COLUMNS / 2));
        int column = 0;
        for (String word : text.split(" +", -1)) {
            if (column > 0 && column + 1 + word.length() > COLUMNS) {
                out.append("\r\n");
                column = 0;
            }
            out.append(column > 0 ? " " : text.isEmpty() ? "" : indent);
            column += column > 0 ? 1 : indent.length();
            String rest = word;
            while (rest.length() > LONGEST_WORD) {
                int cut = Character.isHighSurrogate(rest.charAt(LONGEST_WORD - 1)) ? LONGEST_WORD - 1 : LONGEST_WORD;
                out.append(rest, 0, cut).append("\r\n").append(indent);
                rest = rest.substring(cut);
            }
            out.append(rest);
            column += rest.length();
        }
        out.append("\r\n");
    }
}
