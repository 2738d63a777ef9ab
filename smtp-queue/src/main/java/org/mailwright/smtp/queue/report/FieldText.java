package org.mailwright.smtp.queue.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Utf8;

/** Text that is fit to stand in a header field or a line of a report, whoever it comes from. */
final class FieldText {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);
    private static final int COLUMNS = 76;

    private FieldText() {}

    /**
     * Returns a text on one line: what is neither printable US-ASCII, nor other text where that is allowed, is "?".
     *
     * @param most characters; what is longer is cut
     */
    static String line(String untrusted, int most, boolean utf8) {
        StringBuilder out = new StringBuilder(Math.min(untrusted.length(), most));
        int length = 0;
        for (int i = 0; i < untrusted.length(); length++) {
            if (length == most) {
                return out.append("...").toString();
            }
            int character = untrusted.codePointAt(i);
            i += Character.charCount(character);
            boolean fit = Ascii.isPrintable(character) || (utf8 && isText(character));
            out.appendCodePoint(fit ? character : '?');
        }
        return out.toString();
    }

    /** Tells whether a character outside US-ASCII is text that leaves the order of what stands around it alone. */
    private static boolean isText(int character) {
        boolean reorders = (character >= 0x200E && character <= 0x200F)
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
        return Utf8.isNonAsciiText(character) && !reorders;
    }

    /** Returns a header field with its line end, folded at blanks (RFC 5322 section 2.2.3). */
    static String field(String name, String value) {
        StringBuilder out = new StringBuilder(value.length() + name.length() + 8);
        out.append(name).append(':');
        int column = out.length();
        for (String word : value.split(" ", -1)) {
            if (column + 1 + word.length() > COLUMNS && column > name.length() + 1 && !word.isEmpty()) {
                out.append("\r\n");
                column = 0;
            }
            out.append(' ').append(word);
            column += 1 + word.length();
        }
        return out.append("\r\n").toString();
    }

    /** Returns a date as header fields have it (RFC 5322 section 3.3). */
    static String date(Instant time, ZoneId zone) {
        return DATE.format(time.atZone(zone));
    }
}
