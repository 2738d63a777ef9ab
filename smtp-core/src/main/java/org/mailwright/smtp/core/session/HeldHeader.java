package org.mailwright.smtp.core.session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mailwright.smtp.core.mail.HeaderSection;

/** Holds back what has come of a content until its header is over, or is longer than may be held. */
final class HeldHeader {

    private final int most;
    private byte[] held = {};
    private int size;

    /** The place up to which the end of the header is not to be found. */
    private int searched;

    private boolean whole;

    HeldHeader(int most) {
        this.most = most;
    }

    /**
     * Takes what comes; copied only where the header goes on.
     *
     * @return what has come so far, when it can be judged; empty while the header goes on
     */
    ByteBuffer take(ByteBuffer content) {
        if (size == 0 && (endsIn(content.slice()) || content.remaining() >= most)) {
            ByteBuffer all = content.duplicate();
            content.position(content.limit());
            return all;
        }
        int length = content.remaining();
        if (held.length - size < length) {
            held = Arrays.copyOf(held, Math.max(size + length, Math.min(2 * held.length, most)));
        }
        content.get(held, size, length);
        size += length;
        return endsIn(ByteBuffer.wrap(held, 0, size)) || size >= most ? rest() : ByteBuffer.allocate(0);
    }

    /** Returns what was held: the content is over, or the header can be judged. */
    ByteBuffer rest() {
        return ByteBuffer.wrap(held, 0, size);
    }

    /**
     * Returns the header of a content.
     *
     * @param ended whether no more will come
     */
    HeaderSection section(ByteBuffer content, boolean ended) {
        ByteBuffer judged = content.slice();
        return new HeaderSection(judged.limit(Math.min(judged.limit(), most)), whole || ended);
    }

    /** Looks for an empty line, or for one at the very beginning, of CRLF or, as binary mail may have it, of LF. */
    private boolean endsIn(ByteBuffer octets) {
        int end = Math.min(octets.limit(), most); // however it comes, no more than this is looked at
        for (int at = searched; at < end; at++) {
            if (octets.get(at) == '\n' && emptyBefore(octets, at)) {
                whole = true;
                return true;
            }
        }
        searched = end;
        return false;
    }

    private static boolean emptyBefore(ByteBuffer octets, int lineFeed) {
        int at = lineFeed > 0 && octets.get(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
        return at == 0 || octets.get(at - 1) == '\n';
    }
}
