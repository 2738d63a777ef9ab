package org.mailwright.smtp.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.wire.DotDecoder;
import org.mailwright.smtp.core.wire.DotEncoder;

/**
 * Content behind DATA, in both directions: only CRLF.CRLF ends it, stuffed dots come out, what is encoded is decoded to
 * the same, and no cut changes anything. The reference is what a few calls of {@link String} make of it.
 *
 * @since 0.1.0
 */
public final class DotsTarget {

    private static final String END = "\r\n.\r\n";

    private DotsTarget() {}

    /** Takes octets: as they arrive for the decoder, and as content for the encoder. */
    public static void fuzzerTestOneInput(byte[] data) {
        for (boolean repair : new boolean[] {false, true}) {
            Decoded reference = reference(Check.latin(data) + END, repair);
            for (Cuts cuts : Cuts.values()) {
                Check.same(reference, decoded(Check.octets(Check.latin(data) + END), repair, cuts), "decoded " + cuts);
                Check.same(decoded(data, repair, Cuts.WHOLE), decoded(data, repair, cuts), "without end, " + cuts);
            }
        }
        for (Cuts cuts : Cuts.values()) {
            encode(data, cuts);
        }
    }

    /** What came of content; {@code used} is -1 where its end did not come. */
    record Decoded(String content, int used, boolean bare) {}

    /** Decodes the slow and simple way. */
    static Decoded reference(String arrived, boolean repair) {
        String wire = "\r\n" + arrived;
        int end = wire.indexOf(END);
        String content = wire.substring(0, end + 2).replace("\r\n.", "\r\n").substring(2);
        String lines = content.replace("\r\n", "");
        boolean bare = lines.indexOf('\r') >= 0 || lines.indexOf('\n') >= 0;
        return new Decoded(repair ? normal(content) : content, end + END.length() - 2, bare);
    }

    private static String normal(String content) {
        return content.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    }

    private static Decoded decoded(byte[] octets, boolean repair, Cuts cuts) {
        DotDecoder decoder = new DotDecoder(repair);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] used = {-1};
        cuts.of(octets, 0, octets.length, (from, to) -> {
            byte[] piece = Arrays.copyOfRange(octets, from, to);
            int stop = decoder.decode(piece, 0, piece.length, out::write);
            if (decoder.ended()) {
                used[0] = from + stop;
                return false;
            }
            Check.same(piece.length, stop, "octets used");
            return true;
        });
        return new Decoded(Check.latin(out.toByteArray()), used[0], decoder.sawBareLineEnd());
    }

    private static void encode(byte[] data, Cuts cuts) {
        String lines = normal(Check.latin(data));
        String content = lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n";
        Check.same(content, Check.latin(encoded(data, cuts, false)), "line ends mended, " + cuts);
        byte[] wire = encoded(data, cuts, true);
        Check.onlyCrlf(wire, "encoded content");
        Check.same(
                new Decoded(content, wire.length, false),
                reference(Check.latin(wire), false),
                "decoded again, " + cuts);
        Body.MemoryBody body = Body.of(data).memory().orElseThrow();
        Check.same((long) wire.length - 3, body.encodedSize(), "encoded size");
        Check.same((long) content.length(), body.size().orElse(-1), "size");
        Check.same(Check.latin(wire).equals(Check.latin(data) + ".\r\n"), body.clean(), "clean");
    }

    private static byte[] encoded(byte[] data, Cuts cuts, boolean dots) {
        DotEncoder encoder = new DotEncoder(dots);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        cuts.of(data, 0, data.length, (from, to) -> {
            byte[] room = new byte[DotEncoder.worstCase(to - from)];
            out.write(room, 0, encoder.encode(data, from, to - from, room, 0));
            return true;
        });
        byte[] last = new byte[5];
        out.write(last, 0, encoder.end(last, 0));
        return out.toByteArray();
    }
}
