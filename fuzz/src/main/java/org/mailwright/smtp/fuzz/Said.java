package org.mailwright.smtp.fuzz;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.wire.ReplyReader;

/** What a server says, read as a client reads it. */
final class Said {

    private static final int MOST_LINES = 4096;

    private Said() {}

    /** Returns whole replies, and finds anything else. */
    static List<Reply> replies(String said) {
        byte[] octets = Check.octets(said);
        Check.onlyCrlf(octets, "what the server says");
        ReplyReader reader = new ReplyReader(Reply.MAX_LINE + 2, MOST_LINES);
        List<Reply> replies = new ArrayList<>();
        try {
            int at = 0;
            while (at < octets.length) {
                at += reader.feed(octets, at, octets.length - at);
                Check.that(reader.complete(), "half a reply");
                replies.add(reader.take());
            }
        } catch (ProtocolException nonsense) {
            throw new AssertionError("the server says what is no reply", nonsense);
        }
        return replies;
    }
}
