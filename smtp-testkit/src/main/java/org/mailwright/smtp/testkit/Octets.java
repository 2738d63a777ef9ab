package org.mailwright.smtp.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.core.text.Utf8;

/** Octets, written as text with escapes. */
final class Octets {

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /** Returns a line of UTF-8 with CRLF. */
    static Octets ofLine(String text) {
        return new Octets((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads octets: UTF-8, and the escapes \r \n \t \0 \s (blank) \\ and \xNN.
     *
     * @param times how often they are repeated
     * @throws IllegalArgumentException when there is another escape
     */
    static Octets unescape(String text, int times) {
        ByteArrayOutputStream once = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '\\') {
                int next = text.indexOf('\\', at);
                int end = next < 0 ? text.length() : next;
                once.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
            } else {
                at = escape(text, at + 1, once);
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(once.size() * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(once.toByteArray());
        }
        return new Octets(all.toByteArray());
    }

    private static int escape(String text, int at, ByteArrayOutputStream out) {
        char which = at < text.length() ? text.charAt(at) : ' ';
        int known = "rnt0s\\".indexOf(which);
        if (known >= 0) {
            out.write("\r\n\t\0 \\".charAt(known));
            return at + 1;
        }
        if (which == 'x' && at + 3 <= text.length()) {
            int high = Character.digit(text.charAt(at + 1), 16);
            int low = Character.digit(text.charAt(at + 2), 16);
            if (high >= 0 && low >= 0) {
                out.write(16 * high + low);
                return at + 3;
            }
        }
        throw new IllegalArgumentException("not an escape: \\" + which + "; known are \\r \\n \\t \\0 \\s \\\\ \\xNN");
    }

    /** Returns these and others behind them. */
    Octets and(Octets more) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(octets);
        joined.writeBytes(more.octets);
        return new Octets(joined.toByteArray());
    }

    byte[] toArray() {
        return octets.clone();
    }

    /** Returns them with escapes, cut to a readable length. */
    @Override
    public String toString() {
        return escaped(new String(octets, StandardCharsets.ISO_8859_1));
    }

    /** Returns the text of a line that has one char per octet: UTF-8 where it is that. */
    static String text(String octets) {
        return Utf8.decode(octets.getBytes(StandardCharsets.ISO_8859_1)).orElse(octets);
    }

    /** Returns text, one char per octet, with escapes. */
    static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && shown.length() < 400; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                case '\\' -> shown.append("\\\\");
                default -> {
                    if (c >= ' ' && c < 127) {
                        shown.append(c);
                    } else {
                        shown.append(String.format("\\x%02x", (int) c));
                    }
                }
            }
        }
        return shown.length() >= 400 ? shown.append("…").toString() : shown.toString();
    }
}
