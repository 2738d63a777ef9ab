package org.mailwright.smtp.ext.policy;

import java.util.Optional;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Mailbox;

/** Reads the one mailbox of a header field such as From: {@code "A. Person" <a@example.org> (at work)}. */
final class FieldMailbox {

    private final String value;
    private final StringBuilder bare = new StringBuilder();
    private final StringBuilder angled = new StringBuilder();
    private int at;
    private boolean sawAngle;

    private FieldMailbox(String value) {
        this.value = value;
    }

    /** Returns the mailbox; empty when there is none, more than one, or no sense in it. */
    static Optional<Mailbox> read(String value) {
        return new FieldMailbox(value).read();
    }

    private Optional<Mailbox> read() {
        boolean inAngle = false;
        while (at < value.length()) {
            char character = value.charAt(at);
            StringBuilder to = inAngle ? angled : bare;
            switch (character) {
                case '(' -> {
                    if (!skipComment()) {
                        return Optional.empty();
                    }
                }
                case '"' -> {
                    if (!takeQuoted(to)) {
                        return Optional.empty();
                    }
                }
                case '<' -> {
                    if (sawAngle) {
                        return Optional.empty();
                    }
                    sawAngle = true;
                    inAngle = true;
                    bare.setLength(0); // it was a name
                    at++;
                }
                case '>' -> {
                    if (!inAngle) {
                        return Optional.empty();
                    }
                    inAngle = false;
                    at++;
                }
                case ',', ';' -> {
                    return Optional.empty(); // a list, or a group
                }
                default -> {
                    to.append(character);
                    at++;
                }
            }
        }
        return inAngle ? Optional.empty() : mailbox();
    }

    private Optional<Mailbox> mailbox() {
        if (sawAngle && !bare.toString().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Mailbox.parse((sawAngle ? angled : bare).toString().strip()));
        } catch (AddressSyntaxException malformed) {
            return Optional.empty();
        }
    }

    private boolean takeQuoted(StringBuilder to) {
        int from = at++;
        while (at < value.length() && value.charAt(at) != '"') {
            at += value.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= value.length()) {
            return false;
        }
        to.append(value, from, ++at);
        return true;
    }

    private boolean skipComment() {
        int depth = 0;
        while (at < value.length()) {
            char character = value.charAt(at);
            at += character == '\\' ? 2 : 1;
            if (character == '(') {
                depth++;
            } else if (character == ')' && --depth == 0) {
                return true;
            }
        }
        return false;
    }
}
