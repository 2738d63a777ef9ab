package org.mailwright.smtp.distribution.control;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request of an operator.
 *
 * @param verb what is asked
 * @param values its parameters, by name
 * @since 0.1.0
 */
public record Request(Verb verb, Map<String, String> values) {

    /** Octets of the line of a request: two addresses and a lane, all of it percent-encoded, have room. */
    static final int LONGEST = 8192;

    /** What can be asked. */
    public enum Verb {
        /** Whether somebody is there, and which version. */
        PING,
        /** To read the configuration again. */
        RELOAD,
        /** A row per lane; with the parameter {@code form} the lines of a table for people. */
        SUMMARY,
        /** A row per delivery. */
        LIST,
        /** A row with the mail, and one per delivery of it. */
        SHOW,
        /** The content of a mail, in rows of base64. */
        CONTENT,
        /** To keep deliveries from being tried. */
        HOLD,
        /** To let held ones go. */
        RELEASE,
        /** To remove deliveries. */
        DELETE,
        /** To find the way of deliveries anew, by the configuration that holds now. */
        REQUEUE,
        /** To try deliveries now; with the parameter {@code tried} those that were tried before. */
        FLUSH
    }

    /** Copies the values. */
    public Request {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** A request without parameters. */
    public static Request of(Verb verb) {
        return new Request(verb, Map.of());
    }

    /** Returns the same with another parameter. */
    public Request with(String name, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new Request(verb, more);
    }

    /** Returns a parameter. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String line() {
        StringBuilder line = new StringBuilder(verb.name().toLowerCase(Locale.ROOT));
        values.forEach((name, value) ->
                line.append(' ').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return line.toString();
    }

    static Request read(String line) throws ControlException {
        String[] words = line.split(" ", -1);
        Verb verb = Arrays.stream(Verb.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(words[0]))
                .findFirst()
                .orElseThrow(() -> new ControlException(
                        ControlException.Kind.USAGE, "the server does not know this request: is it an older one?"));
        Map<String, String> values = new TreeMap<>();
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            int at = word.indexOf('=');
            if (at < 1) {
                throw new ControlException(ControlException.Kind.USAGE, "a parameter is NAME=VALUE");
            }
            try {
                values.put(word.substring(0, at), URLDecoder.decode(word.substring(at + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new ControlException(ControlException.Kind.USAGE, "a parameter is not percent-encoded", e);
            }
        }
        return new Request(verb, values);
    }
}
