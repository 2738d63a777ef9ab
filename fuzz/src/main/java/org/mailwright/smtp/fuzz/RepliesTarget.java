package org.mailwright.smtp.fuzz;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.wire.ReplyReader;

/**
 * Replies out of octets of a server: the same however they are cut, fit to be written again, and never more than the
 * bounds allow.
 *
 * @since 0.1.0
 */
public final class RepliesTarget {

    private static final int LINE = 512;

    private RepliesTarget() {}

    /** Takes an octet, the bound of lines, then what arrives. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int maxLines = 1 + (data[0] & 15);
        byte[] octets = Arrays.copyOfRange(data, 1, data.length);
        List<Object> expected = heard(octets, maxLines, Cuts.WHOLE);
        for (Cuts cuts : Cuts.values()) {
            Check.same(expected, heard(octets, maxLines, cuts), "replies, " + cuts);
        }
        for (Object heard : expected) {
            if (heard instanceof Reply reply) {
                Check.noControl(reply.toString(), "a reply");
                Check.onlyCrlf(reply.octets(true), "a reply");
                Check.that(reply.lines().size() <= maxLines, "a reply has too many lines");
            }
        }
        String text = Check.latin(octets);
        int whole = (int) expected.stream().filter(Reply.class::isInstance).count();
        Check.that(text.split("\r\n", -1).length - 1 >= whole, "more replies than lines");
    }

    /** Returns the replies, and last what was wrong, if anything. */
    private static List<Object> heard(byte[] octets, int maxLines, Cuts cuts) {
        ReplyReader reader = new ReplyReader(LINE, maxLines);
        List<Object> heard = new ArrayList<>();
        cuts.of(octets, 0, octets.length, (from, to) -> {
            int at = from;
            try {
                while (at < to) {
                    int taken = reader.feed(octets, at, to - at);
                    Check.that(taken > 0, "nothing is taken");
                    at += taken;
                    if (reader.complete()) {
                        heard.add(reader.take());
                        Check.that(reader.empty(), "something of a reply is left");
                    } else {
                        Check.same(to, at, "octets taken");
                    }
                }
                return true;
            } catch (ProtocolException nonsense) {
                Check.noControl(String.valueOf(nonsense.getMessage()), "the message");
                // How much of a line has come when it is refused depends on the cuts.
                heard.add("nonsense");
                return false;
            }
        });
        return heard;
    }
}
