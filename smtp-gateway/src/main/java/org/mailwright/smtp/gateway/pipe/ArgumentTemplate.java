package org.mailwright.smtp.gateway.pipe;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One argument of a program, with placeholders as the whole of it or parts of it: {@code {sender}},
 * {@code {recipient}}, {@code {user}}, {@code {domain}}, {@code {detail}}, {@code {id}} and {@code {size}}.
 *
 * <p>What comes of it is always one argument, whatever the values hold. A value must not make it an option: when the
 * text begins with a placeholder and what comes of it begins with "-", there is no argument, and the program must not
 * be started.
 *
 * @param text such as {@code {recipient}} or {@code --from={sender}}; other braces are not allowed
 * @since 0.1.0
 */
public record ArgumentTemplate(String text) {

    private static final Set<String> NAMES = Set.of("sender", "recipient", "user", "domain", "detail", "id", "size");
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException naming what is wrong: another placeholder, a stray brace, a NUL
     */
    public ArgumentTemplate {
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            if (!NAMES.contains(place.group(1))) {
                throw new IllegalArgumentException("command: no placeholder is called {" + place.group(1) + "}");
            }
        }
        String rest = place.replaceAll("");
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0 || rest.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("command: a brace without placeholder in " + text);
        }
    }

    /**
     * Puts values in.
     *
     * @param values one for each name
     * @return empty when a value would make an option of it
     */
    public Optional<String> fill(Map<String, String> values) {
        String filled = PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
        return filled.startsWith("-") && text.startsWith("{") ? Optional.empty() : Optional.of(filled);
    }

    /** Tells whether it begins with this placeholder. */
    boolean beginsWith(String name) {
        return text.startsWith("{" + name + "}");
    }
}
