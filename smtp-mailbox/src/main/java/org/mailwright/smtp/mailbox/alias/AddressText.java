package org.mailwright.smtp.mailbox.alias;

import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.LocalPart;
import org.mailwright.smtp.core.address.Mailbox;

/** Addresses as people write them into files. */
final class AddressText {
    private static final int LONGEST_SHOWN = 60;

    private AddressText() {}

    /** Where a character stands first, outside quotes and brackets; the length of the text when it does not. */
    static int indexOf(char wanted, String text, int from) {
        boolean quoted = false;
        boolean bracketed = false;
        int at = from;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (quoted && character == '\\') {
                at++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && (character == '[' || character == ']')) {
                bracketed = character == '[';
            } else if (character == wanted && !quoted && !bracketed) {
                return at;
            }
            at++;
        }
        return text.length();
    }

    /** What stands between commas, without blanks around it; nothing between two commas is nothing. */
    static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int comma = indexOf(',', text, at);
            String item = text.substring(at, comma).strip();
            if (!item.isEmpty()) {
                items.add(item);
            }
            at = comma + 1;
        }
        return items;
    }

    /**
     * Reads an address, or a name that belongs to a host.
     *
     * @throws IllegalArgumentException saying what was expected and what was found
     */
    static Mailbox mailbox(String text, Host host) {
        refuseActions(text);
        try {
            return indexOf('@', text, 0) < text.length()
                    ? Mailbox.parse(text)
                    : new Mailbox(LocalPart.parse(text), host);
        } catch (AddressSyntaxException e) {
            throw wrong("an address", e, text);
        }
    }

    /**
     * Reads a domain behind an at sign.
     *
     * @throws IllegalArgumentException saying what was expected and what was found
     */
    static Domain domain(String text) {
        try {
            return Domain.parse(text.substring(1));
        } catch (AddressSyntaxException e) {
            throw wrong("a domain after the @", e, text);
        }
    }

    /** What other servers take for a program to run or a file to write must not become an odd address here. */
    private static void refuseActions(String text) {
        String bare = text.startsWith("\"") ? text.substring(1) : text;
        if (bare.startsWith("|") || bare.startsWith("/") || bare.startsWith(":include:")) {
            throw new IllegalArgumentException(
                    "expected an address, found " + shown(text) + ": programs and files are not used from here");
        }
    }

    private static IllegalArgumentException wrong(String expected, AddressSyntaxException e, String text) {
        return new IllegalArgumentException(
                "expected " + expected + ", found " + shown(text) + " ("
                        + e.fault().message() + ")",
                e);
    }

    /** A piece of a file as it may stand in a log. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().limit(LONGEST_SHOWN).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return shown.append(text.codePointCount(0, text.length()) > LONGEST_SHOWN ? "…\"" : "\"")
                .toString();
    }
}
