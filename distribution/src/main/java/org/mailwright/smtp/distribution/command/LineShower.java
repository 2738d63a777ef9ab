package org.mailwright.smtp.distribution.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.distribution.text.Visible;

/** Shows the lines of a mail to a person: what would move the cursor is written out. */
final class LineShower {
    private static final int LONGEST = 8192;

    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineShower(PrintStream out) {
        this.out = out;
    }

    void take(byte[] octets) {
        for (byte octet : octets) {
            if (octet == '\n') {
                end();
                out.println();
            } else {
                line.write(octet);
                if (line.size() >= LONGEST) {
                    end();
                }
            }
        }
    }

    /** Shows what is left of the last line. */
    void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        String ended = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        for (String part : ended.splitWithDelimiters("\t", 0)) {
            out.print(part.equals("\t") ? part : Visible.text(part));
        }
    }
}
