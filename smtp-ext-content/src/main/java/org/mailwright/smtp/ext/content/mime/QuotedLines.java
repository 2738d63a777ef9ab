package org.mailwright.smtp.ext.content.mime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Encodes text as quoted-printable, 76 characters to a line at most (RFC 2045 §6.7). */
final class QuotedLines extends PieceStream {

    private static final int LONGEST = 75;
    private static final int PIECE = 8192;
    private static final String HEX = "0123456789ABCDEF";

    private final PushbackInputStream in;
    private final boolean lines;
    private int column;

    /**
     * Encodes.
     *
     * @param lines whether a bare CR or LF ends a line; else it is an octet like others
     */
    QuotedLines(InputStream in, boolean lines) {
        this.in = new PushbackInputStream(new BufferedInputStream(in));
        this.lines = lines;
    }

    @Override
    byte[] piece() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(PIECE + 80);
        int octet = 0;
        while (out.size() < PIECE && octet >= 0) {
            octet = in.read();
            if (octet >= 0) {
                encode(octet, out);
            }
        }
        return out.toByteArray();
    }

    private void encode(int octet, ByteArrayOutputStream out) throws IOException {
        if (octet == '\r' && peek() == '\n') {
            in.read();
            lineEnd(out);
        } else if (lines && (octet == '\r' || octet == '\n')) {
            lineEnd(out);
        } else if (octet == ' ' || octet == '\t') {
            put(octet, endsLine(peek()), out); // a blank at the end of a line would be lost
        } else {
            put(octet, octet < ' ' || octet > '~' || octet == '=', out);
        }
    }

    private static boolean endsLine(int next) {
        return next < 0 || next == '\r' || next == '\n';
    }

    private void put(int octet, boolean quoted, ByteArrayOutputStream out) {
        int width = quoted ? 3 : 1;
        if (column + width > LONGEST) {
            out.write('=');
            lineEnd(out);
        }
        column += width;
        if (quoted) {
            out.write('=');
            out.write(HEX.charAt(octet >> 4));
            out.write(HEX.charAt(octet & 15));
        } else {
            out.write(octet);
        }
    }

    private void lineEnd(ByteArrayOutputStream out) {
        out.write('\r');
        out.write('\n');
        column = 0;
    }

    private int peek() throws IOException {
        int next = in.read();
        if (next >= 0) {
            in.unread(next);
        }
        return next;
    }
}
