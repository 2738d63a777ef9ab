package org.mailwright.smtp.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotDecoderTest {

    private static final String END = "\r\n.\r\n";

    /** What came of some octets: content, how many were used, whether it ended, whether a line end was bare. */
    private record Result(String content, int used, boolean ended, boolean bare) {}

    /** What RFC 5321 §4.5.2 says, as plainly as it can be put. */
    private static Result expected(String octets, boolean repair) {
        int end = ("\r\n" + octets).indexOf(END);
        String lines = octets.substring(0, end);
        String unstuffed = ("\r\n" + lines).replace("\r\n.", "\r\n").substring(2);
        String content = repair ? unstuffed.replaceAll("\r\n|\r|\n", "\r\n") : unstuffed;
        boolean bare = !lines.replace("\r\n", "").matches("[^\r\n]*");
        return new Result(content, end + 3, true, bare);
    }

    /** Decodes pieces: each index is a place to cut. */
    private static Result decoded(String octets, boolean repair, int... cuts) {
        DotDecoder decoder = new DotDecoder(repair);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] all = octets.getBytes(StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int i = 0; i <= cuts.length && !decoder.ended(); i++) {
            int to = i < cuts.length ? cuts[i] : all.length;
            from = decoder.decode(all, from, to, content::write);
        }
        return new Result(
                content.toString(StandardCharsets.ISO_8859_1), from, decoder.ended(), decoder.sawBareLineEnd());
    }

    private static int[] everywhere(int length) {
        int[] cuts = new int[length];
        for (int i = 0; i < length; i++) {
            cuts[i] = i;
        }
        return cuts;
    }

    private static String word(int number, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("\r\n.x".charAt((number >> (2 * i)) & 3));
        }
        return word.toString();
    }

    /** Every text of CR, LF, dot and letter up to eight octets, whole, octet by octet, and cut once in every place. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void decodesEveryShortTextHoweverItIsCut(boolean repair) {
        for (int length = 0; length <= 8; length++) {
            for (int number = 0; number < 1 << (2 * length); number++) {
                String octets = word(number, length) + END;
                Result expected = expected(octets, repair);
                assertEquals(expected, decoded(octets, repair), () -> shown(octets));
                assertEquals(expected, decoded(octets, repair, everywhere(octets.length())), () -> shown(octets));
                for (int cut = 1; length <= 6 && cut < octets.length(); cut++) {
                    int at = cut;
                    assertEquals(expected, decoded(octets, repair, cut), () -> shown(octets) + " cut at " + at);
                }
            }
        }
    }

    @Test
    void decodesLongTextsHoweverTheyAreCut() {
        Random random = new Random(5321);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 2000) {
                text.append("x".repeat(random.nextInt(80))).append(word(random.nextInt(256), random.nextInt(5)));
            }
            String octets = text.append(END).toString();
            int first = random.nextInt(octets.length());
            int second = first + random.nextInt(octets.length() - first);
            boolean repair = round % 2 == 0;
            assertEquals(expected(octets, repair), decoded(octets, repair, first, second), () -> shown(octets));
        }
    }

    @Test
    void findsLineEndsAtEveryPlaceOfAWord() {
        for (int before = 0; before < 24; before++) {
            byte[] octets = ("x".repeat(before) + "\u008d\u008a\u000c\u000e\n" + "x".repeat(9))
                    .getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(before + 4, LineEnds.next(octets, 0, octets.length));
            assertEquals(before + 4, LineEnds.next(octets, before, before + 4));
        }
    }

    @Test
    void usesNothingBehindTheEnd() {
        String octets = "a" + END + "QUIT\r\n.\r\n";
        assertEquals(new Result("a\r\n", 6, true, false), decoded(octets, false));
        DotDecoder decoder = new DotDecoder(false);
        byte[] all = ".\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals(3, decoder.decode(all, 0, all.length, (array, offset, length) -> {
            throw new AssertionError("an empty content has no octets");
        }));
        assertEquals(3, decoder.decode(all, 3, all.length, (array, offset, length) -> {
            throw new AssertionError("it has ended");
        }));
        assertTrue(decoder.ended());
    }

    @Test
    void waitsForMore() {
        for (String octets : new String[] {"", ".", ".\r", "x\r", "x\r\n", "x\r\n.", "x\r\n.\r", "x\n.\r\n"}) {
            assertFalse(decoded(octets, false).ended(), () -> shown(octets));
        }
    }

    /** One mail of 256 MiB in pieces of 64 KiB keeps nothing. */
    @Test
    void passesOnWhatItIsGiven() {
        byte[] piece = "some text in a line of 32 octets\r\n".repeat(2048).getBytes(StandardCharsets.US_ASCII);
        DotDecoder decoder = new DotDecoder(false);
        long[] passed = new long[1];
        for (int i = 0; i < 4096; i++) {
            decoder.decode(piece, 0, piece.length, (array, offset, length) -> passed[0] += length);
        }
        assertEquals(4096L * piece.length, passed[0]);
        assertFalse(decoder.sawBareLineEnd());
    }

    private static String shown(String octets) {
        return octets.replace("\r", "\\r").replace("\n", "\\n");
    }
}
