package org.mailwright.smtp.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the text form of a {@link Transcript}. */
final class TranscriptReader {

    private static final int MOST_REPEATED = 1_000_000;

    private final String name;
    private final List<Act> acts = new ArrayList<>();
    private Set<Way> ways = EnumSet.allOf(Way.class);
    private int line;

    TranscriptReader(String name) {
        this.name = name;
    }

    Transcript read(String text) {
        for (String each : text.lines().toList()) {
            line++;
            if (!each.isBlank() && each.charAt(0) != '#') {
                try {
                    readLine(each);
                } catch (IllegalArgumentException wrong) {
                    throw new IllegalArgumentException(name + ":" + line + ": " + wrong.getMessage(), wrong);
                }
            }
        }
        if (acts.isEmpty()) {
            throw new IllegalArgumentException(name + ": nothing happens in it");
        }
        if (acts.stream().anyMatch(act -> act instanceof Act.Pass || act instanceof Act.Stop)) {
            ways.remove(Way.SOCKET); // only time in memory can be moved
        }
        return new Transcript(name, List.copyOf(acts), Set.copyOf(ways));
    }

    private void readLine(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != ' ') {
            end++;
        }
        String word = text.substring(0, end);
        boolean speech = end < text.length() && text.charAt(end) == ':';
        String rest = end < text.length() ? text.substring(end + 1) : "";
        if (speech) {
            speech(word, rest.startsWith(" ") ? rest.substring(1) : rest);
        } else {
            event(word, rest.strip());
        }
    }

    private void speech(String who, String what) {
        if (who.startsWith("R*")) {
            send(Octets.unescape(what, times(who.substring(2))));
            return;
        }
        switch (who) {
            case "C" -> send(Octets.ofLine(what));
            case "R" -> send(Octets.unescape(what, 1));
            case "S" -> acts.add(new Act.Line(line, new Pattern(what)));
            case "S*" -> acts.add(whole(what, true));
            case "S!" -> acts.add(whole(what, false));
            default -> throw new IllegalArgumentException("\"" + who + ":\" is none of C: R: R*N: S: S*: S!:");
        }
    }

    private void event(String word, String argument) {
        switch (word) {
            case "TLS" -> acts.add(new Act.Secure(line));
            case "SHUT" -> acts.add(new Act.EndInput(line));
            case "DROP" -> acts.add(new Act.Drop(line));
            case "WAIT" -> acts.add(new Act.Pass(line, span(argument)));
            case "STOP" -> acts.add(new Act.Stop(line));
            case "CLOSED" -> acts.add(new Act.Closed(line));
            case "WAYS" -> ways = ways(argument);
            default ->
                throw new IllegalArgumentException(
                        "\"" + word + "\" is none of TLS, SHUT, DROP, WAIT, STOP, CLOSED, WAYS, nor C: R: S: S*: S!:");
        }
    }

    /** What the client says without a line of the server in between goes out together. */
    private void send(Octets octets) {
        if (!acts.isEmpty() && acts.getLast() instanceof Act.Send before) {
            acts.set(
                    acts.size() - 1, new Act.Send(before.line(), before.octets().and(octets)));
        } else {
            acts.add(new Act.Send(line, octets));
        }
    }

    private Act whole(String what, boolean wanted) {
        if (!what.matches("[2-5][0-9][0-9]( .*)?")) {
            throw new IllegalArgumentException("expected a reply code and perhaps a pattern, found \"" + what + "\"");
        }
        String pattern = what.length() > 4 ? what.substring(4) : "*";
        return new Act.Whole(line, what.substring(0, 3), new Pattern(pattern), wanted);
    }

    private static int times(String text) {
        if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) > MOST_REPEATED) {
            throw new IllegalArgumentException("expected R*N with N up to " + MOST_REPEATED + ", found R*" + text);
        }
        return Integer.parseInt(text);
    }

    private static Set<Way> ways(String text) {
        Set<Way> found = EnumSet.noneOf(Way.class);
        for (Way way : Way.values()) {
            if (java.util.regex.Pattern.compile("\\b" + way.name() + "\\b", java.util.regex.Pattern.CASE_INSENSITIVE)
                    .matcher(text)
                    .find()) {
                found.add(way);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("expected some of memory, octets, socket, found \"" + text + "\"");
        }
        return found;
    }

    private static Duration span(String text) {
        if (!text.matches("[0-9]{1,9}(ms|s|m|h)")) {
            throw new IllegalArgumentException("expected a time such as 30s, 5m or 100ms, found \"" + text + "\"");
        }
        boolean milli = text.endsWith("ms");
        long number = Long.parseLong(text.substring(0, text.length() - (milli ? 2 : 1)));
        return switch (text.charAt(text.length() - 1)) {
            case 'h' -> Duration.ofHours(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> milli ? Duration.ofMillis(number) : Duration.ofSeconds(number);
        };
    }
}
