package org.mailwright.smtp.core.wire;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Makes {@link Reply} values of the octets that a server sends (RFC 5321 §4.2). Only CRLF ends a line. Line length and
 * number of lines are bounded; control characters in the text become "?".
 *
 * @since 0.1.0
 */
public final class ReplyReader {

    private static final int FIRST_ROOM = 128;

    private final int maxLine;
    private final int maxLines;
    private byte[] line = new byte[FIRST_ROOM];
    private int length;
    private int code;
    private boolean complete;
    private final List<String> texts = new ArrayList<>(4);

    /**
     * Makes a reader.
     *
     * @param maxLine octets of a line with its CRLF, at least 512
     * @param maxLines lines of a reply, at least 1
     */
    public ReplyReader(int maxLine, int maxLines) {
        this.maxLine = maxLine;
        this.maxLines = maxLines;
    }

    /**
     * Takes octets until a reply is complete.
     *
     * @param from index of the first octet
     * @param count number of octets
     * @return number of octets taken: all, unless the reply is {@linkplain #complete complete}
     * @throws ProtocolException when this is no SMTP reply; the reader is of no use any more
     */
    public int feed(byte[] octets, int from, int count) throws ProtocolException {
        int end = from + count;
        int at = from;
        while (at < end && !complete) {
            int lf = at;
            while (lf < end && octets[lf] != '\n') {
                lf++;
            }
            int stop = Math.min(lf + 1, end);
            append(octets, at, stop);
            at = stop;
            if (lf < end) {
                endLine();
            }
        }
        return at - from;
    }

    /** Tells whether a reply waits to be {@linkplain #take taken}. */
    public boolean complete() {
        return complete;
    }

    /** Tells whether nothing of a reply has come since the last one was taken. */
    public boolean empty() {
        return length == 0 && texts.isEmpty();
    }

    /**
     * Returns the reply, and makes room for the next.
     *
     * @throws IllegalStateException when none is complete
     */
    public Reply take() {
        if (!complete) {
            throw new IllegalStateException("no reply is complete");
        }
        Reply reply = makeReply();
        complete = false;
        code = 0;
        texts.clear();
        return reply;
    }

    private void append(byte[] octets, int from, int to) throws ProtocolException {
        int more = to - from;
        if (length + more > maxLine) {
            throw new ProtocolException("The server's reply has a line of more than " + maxLine + " octets");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.min(maxLine, Math.max(2 * line.length, length + more)));
        }
        System.arraycopy(octets, from, line, length, more);
        length += more;
    }

    private void endLine() throws ProtocolException {
        int end = length - 2;
        if (end < 0 || line[end] != '\r') {
            throw new ProtocolException("The server's reply has a line that ends in a bare LF");
        }
        int lineCode = lineCode(end);
        if (lineCode < 200 || lineCode > 599) {
            throw new ProtocolException("The server's reply is no SMTP reply: " + Reply.printable(text(0, end)));
        }
        if (!texts.isEmpty() && lineCode != code) {
            throw new ProtocolException("The server's reply has lines with codes " + code + " and " + lineCode);
        }
        if (texts.size() == maxLines) {
            throw new ProtocolException("The server's reply has more than " + maxLines + " lines");
        }
        code = lineCode;
        texts.add(end > 4 ? text(4, end) : "");
        complete = end == 3 || line[3] == ' ';
        length = 0;
    }

    /** Returns the code of the line, or -1 where there is none. */
    private int lineCode(int end) {
        if (end < 3 || (end > 3 && line[3] != ' ' && line[3] != '-')) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < 3; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private String text(int from, int to) {
        String text = new String(line, from, to - from, StandardCharsets.UTF_8);
        if (Command.firstControl(text) < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (Command.firstControl(clean.substring(i, i + 1)) >= 0) {
                clean.setCharAt(i, '?');
            }
        }
        return clean.toString();
    }

    /** The enhanced code counts when it fits, and is the same in each line (RFC 2034 §3); else it is text. */
    private Reply makeReply() {
        Optional<EnhancedCode> enhanced = EnhancedCode.leading(texts.get(0)).filter(found -> found.fits(code));
        if (enhanced.isEmpty()) {
            return Reply.of(code, texts);
        }
        String prefix = enhanced.get().toString();
        List<String> rest = new ArrayList<>(texts.size());
        for (String text : texts) {
            boolean alone = text.equals(prefix);
            if (!alone && !text.startsWith(prefix + " ")) {
                return Reply.of(code, texts);
            }
            rest.add(alone ? "" : text.substring(prefix.length() + 1));
        }
        return Reply.of(code, enhanced.get(), rest);
    }
}
