package org.mailwright.smtp.ext.schedule;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.text.Ascii;

/**
 * Takes all header fields of one name out of a mail as it streams by. What stays is passed on where it stands; no more
 * is kept than the name is long.
 */
final class FieldRemover implements ContentStage {

    private enum State {
        /** A line of the header begins. */
        LINE_START,
        /** All octets of the line so far are the beginning of the name. */
        MATCHING,
        /** The line stays. */
        KEEPING,
        /** The line goes. */
        DROPPING,
        /** The header is over. */
        BODY
    }

    private final byte[] name;
    private final byte[] held;
    private State state = State.LINE_START;
    private State field = State.KEEPING;
    private int matched;

    /** How many of the matched octets came with earlier buffers, and were held back. */
    private int carried;

    FieldRemover(String name) {
        this.name = Ascii.lower(name).getBytes(StandardCharsets.US_ASCII);
        this.held = new byte[this.name.length];
    }

    @Override
    public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
        if (state == State.BODY) {
            next.write(octets);
            return;
        }
        int limit = octets.limit();
        int from = octets.position(); // all before it was passed on or dropped
        int at = from;
        while (at < limit && state != State.BODY) {
            switch (state) {
                case LINE_START -> {
                    begin(octets.get(at));
                    if (state == State.DROPPING) {
                        pass(octets, from, at, next);
                    }
                }
                case MATCHING -> {
                    if (goesOn(octets.get(at))) {
                        held[matched++] = octets.get(at++);
                    } else {
                        decide(octets.get(at));
                        if (state == State.DROPPING) {
                            pass(octets, from, at - (matched - carried), next);
                        } else {
                            passHeld(carried, next);
                        }
                        carried = 0;
                    }
                }
                case KEEPING -> at = lineEnd(octets, at);
                case DROPPING -> {
                    at = lineEnd(octets, at);
                    from = at;
                }
                case BODY -> throw new IllegalStateException("the header is over");
            }
        }
        if (state == State.MATCHING) {
            pass(octets, from, limit - (matched - carried), next);
            carried = matched;
        } else {
            pass(octets, from, limit, next);
        }
        octets.position(limit);
    }

    private void begin(byte octet) {
        if (octet == '\r' || octet == '\n') { // what a client sends on may have lines of LF
            state = State.BODY;
        } else if (octet == ' ' || octet == '\t') {
            state = field; // goes on with the field of the line before
        } else {
            state = State.MATCHING;
            matched = 0;
            carried = 0;
        }
    }

    private boolean goesOn(byte octet) {
        return matched < name.length && (Ascii.isLetter(octet) ? octet | 0x20 : octet) == name[matched];
    }

    private void decide(byte octet) {
        boolean same = matched == name.length && (octet == ':' || octet == ' ' || octet == '\t');
        field = same ? State.DROPPING : State.KEEPING;
        state = field;
    }

    /** Returns where the next line begins, or the limit when the line does not end before it. */
    private int lineEnd(ByteBuffer octets, int from) {
        for (int at = from; at < octets.limit(); at++) {
            if (octets.get(at) == '\n') {
                state = State.LINE_START;
                return at + 1;
            }
        }
        return octets.limit();
    }

    private static void pass(ByteBuffer octets, int from, int to, Next next) throws SmtpException, IOException {
        if (from < to) {
            next.write(octets.duplicate().limit(to).position(from));
        }
    }

    private void passHeld(int count, Next next) throws SmtpException, IOException {
        if (count > 0) {
            next.write(ByteBuffer.wrap(held, 0, count));
        }
    }

    @Override
    public void end(Next next) throws SmtpException, IOException {
        if (state == State.MATCHING) {
            passHeld(carried, next);
        }
    }
}
