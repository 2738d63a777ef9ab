package org.mailwright.smtp.ext.schedule;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.text.Ascii;

/** Takes all header fields of one name out of a mail as it streams by. Keeps no more of it than the name is long. */
final class FieldRemover implements ContentStage {

    private enum State {
        /** A line of the header begins. */
        LINE_START,
        /** All octets of the line so far are the beginning of the name: they are held back. */
        MATCHING,
        /** The line stays. */
        KEEPING,
        /** The line goes. */
        DROPPING,
        /** The header is over. */
        BODY
    }

    /** Headers are short: more than this is looked through in pieces. */
    private static final int PIECE = 1024;

    private final byte[] name;
    private final byte[] held;
    private State state = State.LINE_START;
    private State field = State.KEEPING;
    private int matched;

    FieldRemover(String name) {
        this.name = Ascii.lower(name).getBytes(StandardCharsets.US_ASCII);
        this.held = new byte[this.name.length];
    }

    @Override
    public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
        ByteBuffer out =
                ByteBuffer.allocate(state == State.BODY ? 0 : Math.min(octets.remaining(), PIECE) + name.length + 1);
        while (state != State.BODY && octets.hasRemaining()) {
            while (state != State.BODY && octets.hasRemaining() && out.remaining() > name.length) {
                take(octets.get(), out);
            }
            out.flip();
            if (out.hasRemaining()) {
                next.write(out);
            }
            out.clear();
        }
        if (octets.hasRemaining()) {
            next.write(octets);
        }
    }

    private void take(byte octet, ByteBuffer out) {
        if (state == State.LINE_START) {
            begin(octet);
        }
        if (state == State.MATCHING) {
            match(octet, out);
        } else if (state != State.DROPPING) {
            out.put(octet);
        }
        if (octet == '\n' && state != State.BODY) {
            state = State.LINE_START;
        }
    }

    private void begin(byte octet) {
        if (octet == '\r') {
            state = State.BODY;
        } else if (octet == ' ' || octet == '\t') {
            state = field; // goes on with the field of the line before
        } else {
            state = State.MATCHING;
            matched = 0;
        }
    }

    private void match(byte octet, ByteBuffer out) {
        if (matched < name.length && lower(octet) == name[matched]) {
            held[matched++] = octet;
            return;
        }
        boolean same = matched == name.length && (octet == ':' || octet == ' ' || octet == '\t');
        state = same ? State.DROPPING : State.KEEPING;
        field = state;
        if (!same) {
            out.put(held, 0, matched).put(octet);
        }
        matched = 0;
    }

    private static int lower(byte octet) {
        return Ascii.isLetter(octet) ? octet | 0x20 : octet;
    }

    @Override
    public void end(Next next) throws SmtpException, IOException {
        if (state == State.MATCHING && matched > 0) {
            next.write(ByteBuffer.wrap(held, 0, matched));
        }
    }
}
