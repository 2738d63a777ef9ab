package org.mailwright.smtp.core.wire;

/**
 * Reads the content that follows DATA: takes the stuffed dots out and finds the end (RFC 5321 §4.5.2). Only CRLF.CRLF
 * ends it. Bare CR and bare LF never do; they are noted, and passed on or repaired.
 *
 * @since 0.1.0
 */
public final class DotDecoder {

    /** Takes ranges of content. */
    @FunctionalInterface
    public interface Output {
        /** Takes octets, valid until the method returns. */
        void accept(byte[] octets, int offset, int length);
    }

    private static final byte[] CRLF = {'\r', '\n'};

    private enum State {
        TEXT,
        CR,
        LINE_START,
        DOT,
        DOT_CR,
        END
    }

    private final boolean repair;
    private State state = State.LINE_START;
    private boolean bare;

    /**
     * A decoder at the beginning of the content.
     *
     * @param repair whether a bare CR or LF becomes CRLF; else it is passed on as it is
     */
    public DotDecoder(boolean repair) {
        this.repair = repair;
    }

    /** Tells whether the end has come. */
    public boolean ended() {
        return state == State.END;
    }

    /** Tells whether there was a CR without LF, or a LF without CR. */
    public boolean sawBareLineEnd() {
        return bare;
    }

    /**
     * Decodes octets.
     *
     * @return the index behind the last octet used: {@code to}, or less when the end has come
     */
    public int decode(byte[] octets, int from, int to, Output output) {
        int run = from; // octets from here on are content and not yet passed on
        int at = from;
        State now = state;
        while (at < to) {
            byte octet = octets[at];
            switch (now) {
                case TEXT -> {
                    at = text(octets, at, to);
                    if (at == to) {
                        continue;
                    }
                    if (octets[at] == '\r') {
                        now = State.CR;
                    } else {
                        run = bareAt(octets, run, at, at + 1, output);
                    }
                    at++;
                }
                case CR -> {
                    if (octet == '\n') {
                        now = State.LINE_START;
                        at++;
                    } else {
                        run = bareCr(octets, run, at, from, output);
                        now = State.TEXT;
                    }
                }
                case LINE_START -> {
                    if (octet == '.') {
                        pass(octets, run, at, output);
                        at++;
                        run = at;
                        now = State.DOT;
                    } else {
                        now = State.TEXT;
                    }
                }
                case DOT -> {
                    if (octet == '\r') {
                        now = State.DOT_CR;
                        at++;
                    } else {
                        now = State.TEXT;
                    }
                }
                case DOT_CR -> {
                    if (octet == '\n') {
                        state = State.END;
                        return at + 1;
                    }
                    if (run == from && at == from) { // the CR came with octets of an earlier call and was held back
                        output.accept(CRLF, 0, 1);
                    }
                    run = bareCr(octets, run, at, from, output);
                    now = State.TEXT;
                }
                case END -> {
                    return from;
                }
            }
        }
        state = now;
        pass(octets, run, now == State.DOT_CR ? Math.max(run, to - 1) : to, output);
        return to;
    }

    /** A CR before {@code at} turned out to be bare; returns where the run goes on. */
    private int bareCr(byte[] octets, int run, int at, int from, Output output) {
        bare = true;
        if (!repair) {
            return run;
        }
        // A CR of an earlier call has been passed on already: only its LF is missing.
        if (at == from) {
            output.accept(CRLF, 1, 1);
            return at;
        }
        pass(octets, run, at, output);
        output.accept(CRLF, 1, 1);
        return at;
    }

    /** The octet at {@code lf} is a bare LF; returns where the run goes on. */
    private int bareAt(byte[] octets, int run, int lf, int behind, Output output) {
        bare = true;
        if (!repair) {
            return run;
        }
        pass(octets, run, lf, output);
        output.accept(CRLF, 0, 2);
        return behind;
    }

    private static void pass(byte[] octets, int run, int end, Output output) {
        if (end > run) {
            output.accept(octets, run, end - run);
        }
    }

    /** Passes lines that end in CRLF and are not followed by a dot, which are nearly all; returns where that ends. */
    private static int text(byte[] octets, int from, int to) {
        int at = LineEnds.next(octets, from, to);
        while (at + 2 < to && octets[at] == '\r' && octets[at + 1] == '\n' && octets[at + 2] != '.') {
            at = LineEnds.next(octets, at + 2, to);
        }
        return at;
    }
}
