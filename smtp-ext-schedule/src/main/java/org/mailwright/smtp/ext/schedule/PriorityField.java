package org.mailwright.smtp.ext.schedule;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.HeaderSection;

/** The header field that says what the envelope cannot: {@code MT-Priority} (RFC 6758 §4). */
final class PriorityField {

    static final String NAME = "MT-Priority";

    private PriorityField() {}

    /** Returns the field with its line end. */
    static byte[] of(int priority) {
        return (NAME + ": " + priority + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Returns the priority that a header asks for (RFC 6758 §3.1): that of the only field, if it can be read; 0 where
     * there are fields, but no priority can be told from them; nothing where there are none.
     */
    static Optional<Integer> in(HeaderSection header) {
        List<String> bodies = header.bodies(NAME);
        if (bodies.isEmpty()) {
            return Optional.empty();
        }
        boolean only = bodies.size() == 1 && header.whole();
        return Optional.of(
                only
                        ? uncommented(bodies.getFirst())
                                .flatMap(PriorityField::value)
                                .orElse(0)
                        : 0);
    }

    /** Returns a priority-value (RFC 6710 §8), if it is one. */
    static Optional<Integer> value(String text) {
        return text.matches("0|-?[1-9]") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /** Takes the comments out (CFWS, RFC 5322 §3.2.2); empty where one does not end. */
    private static Optional<String> uncommented(String body) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (int at = 0; at < body.length(); at++) {
            char character = body.charAt(at);
            if (character == '(') {
                depth++;
                text.append(' ');
            } else if (character == ')' && depth > 0) {
                depth--;
            } else if (depth == 0) {
                text.append(character);
            } else if (character == '\\') {
                at++;
            }
        }
        return depth == 0 ? Optional.of(text.toString().strip()) : Optional.empty();
    }
}
