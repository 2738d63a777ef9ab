package org.mailwright.smtp.fuzz;

import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.core.command.Command;

/** What must hold. */
final class Check {
    private Check() {}

    /** Ends the run unless something holds. */
    static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** Ends the run unless two values are equal. */
    static void same(Object expected, Object found, String what) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + ": expected " + shown(expected) + ", found " + shown(found));
        }
    }

    /** Ends the run when a text could end a line. */
    static void noControl(String text, String what) {
        that(Command.firstControl(text) < 0, what + " holds a control character: " + shown(text));
    }

    /** Ends the run when octets have a CR or LF that is not part of a CRLF. */
    static void onlyCrlf(byte[] octets, String what) {
        for (int i = 0; i < octets.length; i++) {
            boolean bareCr = octets[i] == '\r' && (i + 1 == octets.length || octets[i + 1] != '\n');
            boolean bareLf = octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r');
            that(!bareCr && !bareLf, what + " has a bare CR or LF at " + i);
        }
    }

    /** Returns octets as text, one character each. */
    static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** Returns text as octets, one for each character. */
    static byte[] octets(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String shown(Object value) {
        String text = value.toString();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && i < 2000; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.toString();
    }
}
