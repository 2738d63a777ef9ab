package org.mailwright.smtp.distribution.sendmail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.mailwright.smtp.distribution.sendmail.SendmailException.Kind;

/** Turns text with the line ends of this host, LF or CRLF, into lines that each end with CRLF. */
final class WireText {
    private enum Place {
        LINE_START,
        IN_LINE,
        AFTER_CR,
        AFTER_DOT
    }

    private final OutputStream out;
    private final boolean dotEnds;
    private Place place = Place.LINE_START;
    private boolean dotBeforeCr;
    private long line = 1;

    private WireText(OutputStream out, boolean dotEnds) {
        this.out = out;
        this.dotEnds = dotEnds;
    }

    /**
     * Copies to the end of the input, or to a line with a single dot.
     *
     * @param dotEnds whether such a line ends the mail; it is not copied
     * @throws SendmailException for a CR that no LF follows: it would end a line for some and not for others
     */
    static void copy(InputStream in, boolean dotEnds, OutputStream out) throws IOException, SendmailException {
        WireText text = new WireText(out, dotEnds);
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            for (int i = 0; i < count; i++) {
                if (text.next(buffer[i])) {
                    return;
                }
            }
        }
        text.end();
    }

    /** Returns whether the mail has ended. */
    private boolean next(byte octet) throws IOException, SendmailException {
        if (place == Place.AFTER_CR && octet != '\n') {
            throw bareCr();
        }
        switch (octet) {
            case '\n' -> {
                if (place == Place.AFTER_DOT || (place == Place.AFTER_CR && dotBeforeCr)) {
                    return true;
                }
                newLine();
            }
            case '\r' -> {
                dotBeforeCr = place == Place.AFTER_DOT;
                place = Place.AFTER_CR;
            }
            case '.' -> {
                if (dotEnds && place == Place.LINE_START) {
                    place = Place.AFTER_DOT; // written when the line turns out to have more
                } else {
                    write(octet);
                }
            }
            default -> write(octet);
        }
        return false;
    }

    private void write(byte octet) throws IOException {
        if (place == Place.AFTER_DOT) {
            out.write('.');
        }
        out.write(octet);
        place = Place.IN_LINE;
    }

    private void newLine() throws IOException {
        out.write('\r');
        out.write('\n');
        place = Place.LINE_START;
        line++;
    }

    private void end() throws IOException, SendmailException {
        switch (place) {
            case LINE_START -> {}
            case IN_LINE -> newLine();
            case AFTER_DOT -> {} // "." and then the end of the input
            case AFTER_CR -> throw bareCr();
        }
    }

    private SendmailException bareCr() {
        return new SendmailException(Kind.MAIL, "line " + line + " of the mail: expected LF behind CR, found none");
    }
}
