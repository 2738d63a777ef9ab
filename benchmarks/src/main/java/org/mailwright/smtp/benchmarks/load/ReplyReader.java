package org.mailwright.smtp.benchmarks.load;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds whole replies in a stream of bytes, of one line or many (RFC 5321 section 4.2.1), without keeping their text.
 */
final class ReplyReader {

    /** More than RFC 5321 section 4.5.3.1.5 allows (512), as long texts are common. */
    private static final int MAX_LINE = 2048;

    private final byte[] line = new byte[MAX_LINE];
    private int length;
    private int seen;
    private int code;
    private boolean pipelining;

    /**
     * Takes bytes up to the end of the next whole reply.
     *
     * @return the code of the reply, or 0 if the bytes ended before it did
     * @throws ProtocolException if a line is longer than {@value #MAX_LINE} octets, does not begin with a code, or
     *     changes the code within a reply
     */
    int next(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (length == MAX_LINE) {
                throw new ProtocolException("reply line longer than " + MAX_LINE + " octets");
            }
            line[length++] = b;
            if (b == '\n' && endOfReply()) {
                int whole = code;
                code = 0;
                return whole;
            }
        }
        return 0;
    }

    /** The last line read, for an error message. */
    String lastLine() {
        return new String(line, 0, seen, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "");
    }

    /** Whether a line said PIPELINING since the last call. */
    boolean tookPipelining() {
        boolean was = pipelining;
        pipelining = false;
        return was;
    }

    private boolean endOfReply() throws ProtocolException {
        seen = length;
        int digits = 0;
        for (int i = 0; i < 3 && i < length; i++) {
            if (line[i] >= '0' && line[i] <= '9') {
                digits = digits * 10 + line[i] - '0';
            }
        }
        boolean ends = length >= 5 && line[length - 2] == '\r';
        if (!ends || digits < 200 || digits > 599 || (code != 0 && code != digits)) {
            throw new ProtocolException("not a reply line: " + lastLine());
        }
        code = digits;
        pipelining |= length >= 16 && startsWithPipelining();
        boolean last = line[3] != '-';
        length = 0;
        return last;
    }

    private boolean startsWithPipelining() {
        return new String(line, 4, 10, StandardCharsets.US_ASCII).equalsIgnoreCase("PIPELINING");
    }
}
