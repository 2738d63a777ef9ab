package org.mailwright.smtp.core.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One SMTP command: a verb in upper case and the text behind it (RFC 5321 §4.1.1). It cannot hold a control character,
 * so nothing can be smuggled in behind it.
 *
 * @param verb letters, digits and hyphens; made upper case; "" for an empty line
 * @param arguments what follows the blank after the verb, without trailing blanks; "" for none
 * @since 0.1.0
 */
public record Command(String verb, String arguments) {

    private static final int LONGEST_VERB = 64;

    /** Checks both parts. */
    public Command {
        for (int i = 0; i < verb.length(); i++) {
            char c = verb.charAt(i);
            if (c <= ' ' || c >= 127) {
                throw new IllegalArgumentException("a verb cannot hold the character " + (int) c);
            }
        }
        int bad = firstControl(arguments);
        if (bad >= 0) {
            throw new IllegalArgumentException("a command cannot hold the character " + (int) arguments.charAt(bad));
        }
        verb = verb.toUpperCase(Locale.ROOT);
    }

    /** Returns a command without arguments. */
    public static Command of(String verb) {
        return new Command(verb, "");
    }

    /** Returns a command with arguments. */
    public static Command of(String verb, String arguments) {
        return new Command(verb, arguments);
    }

    /**
     * Splits a line, received without its CRLF and free of control characters, into verb and arguments. A verb that is
     * no verb (too long, or with octets beyond US-ASCII) becomes "?".
     */
    public static Command parse(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        int blank = line.indexOf(' ');
        if (blank < 0 || blank > end) {
            blank = end;
        }
        String verb = line.substring(0, blank);
        if (blank > LONGEST_VERB || !isVerb(verb)) {
            return new Command("?", "");
        }
        return new Command(verb, blank < end ? line.substring(blank + 1, end) : "");
    }

    /** Returns the index of the first control character (C0, DEL, C1, line and paragraph separator), or -1. */
    public static int firstControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c >= 127 && c < 160) || c == '\u2028' || c == '\u2029') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isVerb(String verb) {
        for (int i = 0; i < verb.length(); i++) {
            char c = verb.charAt(i);
            if (c <= ' ' || c >= 127) {
                return false;
            }
        }
        return true;
    }

    /** Returns the octets to send, with CRLF; UTF-8 where the arguments go beyond US-ASCII. */
    public byte[] octets() {
        return (toString() + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the line without CRLF. */
    @Override
    public String toString() {
        return arguments.isEmpty() ? verb : verb + " " + arguments;
    }
}
