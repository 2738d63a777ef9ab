package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.mailwright.smtp.ext.content.mime.Parts.Token;

/** Writes a mail anew, as a {@link Survey} wants it. */
final class Rewriter extends PieceStream {

    private static final int PIECE = 8192;

    private final InputStream mail;
    private final Iterator<Action> actions;
    private final Target target;
    private final boolean lines;
    private final Parts parts;
    private final ArrayDeque<Open> multiparts = new ArrayDeque<>();
    private InputStream body = InputStream.nullInputStream();
    private boolean top = true;
    private boolean over;

    /** A multipart that is not closed yet. */
    private static final class Open {
        private final String boundary;
        private boolean begun;
        private boolean closed;

        Open(String boundary) {
            this.boundary = boundary;
        }

        String delimiter(String end) {
            String before = begun ? "\r\n--" : "--";
            begun = true;
            return before + boundary + end;
        }
    }

    /**
     * Begins.
     *
     * @param actions one for each part, for those of mails within it as well; shared with these
     */
    Rewriter(InputStream mail, Iterator<Action> actions, Target target, boolean lines) {
        this.mail = mail;
        this.actions = actions;
        this.target = target;
        this.lines = lines;
        this.parts = new Parts(mail);
    }

    @Override
    byte[] piece() throws IOException {
        while (true) {
            byte[] octets = body.readNBytes(PIECE);
            if (octets.length > 0 || over) {
                return octets;
            }
            byte[] before = next();
            if (before.length > 0) {
                return before;
            }
        }
    }

    /** Takes the next part: returns what stands before its octets, and notes these. */
    private byte[] next() throws IOException {
        body = InputStream.nullInputStream();
        Token token;
        try {
            token = parts.next();
        } catch (MimeException malformed) {
            throw new IOException("the mail is not what it was when it was looked through", malformed);
        }
        return switch (token) {
            case Token.Leaf leaf -> leaf(leaf);
            case Token.Multipart multipart -> {
                byte[] header = header(multipart.header(), label(multipart.encoding()), false);
                multiparts.push(new Open(multipart.boundary()));
                yield header;
            }
            case Token.Preamble preamble -> {
                keep(preamble.octets());
                multiparts.element().begun = true;
                yield NOTHING;
            }
            case Token.Epilogue epilogue -> {
                keep(epilogue.octets());
                multiparts.element().closed = true;
                yield ascii(multiparts.element().delimiter("--\r\n"));
            }
            case Token.Close close -> {
                Open ended = multiparts.pop();
                yield ended.closed ? NOTHING : ascii(ended.delimiter("--"));
            }
            case Token.End end -> {
                over = true;
                yield NOTHING;
            }
        };
    }

    private void keep(InputStream octets) throws IOException {
        if (actions.next() == Action.KEEP) {
            body = octets;
        } else {
            new Octets(octets, target, lines).drained();
        }
    }

    private byte[] leaf(Token.Leaf leaf) {
        Action action = actions.next();
        body = switch (action) {
            case KEEP, LEAVE_OUT -> leaf.octets();
            case QUOTED_PRINTABLE -> new QuotedLines(leaf.octets(), lines);
            case BASE64 -> new Base64Lines(leaf.text() && lines ? new MendedLines(leaf.octets()) : leaf.octets());
            case NEST -> new Rewriter(leaf.octets(), actions, target, lines);
        };
        Optional<String> encoding = switch (action) {
            case QUOTED_PRINTABLE -> Optional.of("quoted-printable");
            case BASE64 -> Optional.of("base64");
            case KEEP, LEAVE_OUT, NEST -> leaf.header().signed() ? Optional.empty() : label(leaf.encoding());
        };
        return header(leaf.header(), encoding, action == Action.QUOTED_PRINTABLE || action == Action.BASE64);
    }

    /** Returns what the encoding becomes where octets stay as they are; empty: as before. */
    private Optional<String> label(String encoding) {
        boolean more = encoding.equals("binary") || (encoding.equals("8bit") && target == Target.SEVEN_BIT);
        return more ? Optional.of(target.label()) : Optional.empty();
    }

    private byte[] header(Header header, Optional<String> encoding, boolean encoded) {
        byte[] octets = header.octets(encoding, encoded, top);
        top = false;
        if (multiparts.isEmpty()) {
            return octets;
        }
        byte[] delimiter = ascii(multiparts.element().delimiter("\r\n"));
        byte[] both = new byte[delimiter.length + octets.length];
        System.arraycopy(delimiter, 0, both, 0, delimiter.length);
        System.arraycopy(octets, 0, both, delimiter.length, octets.length);
        return both;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        mail.close();
    }
}
