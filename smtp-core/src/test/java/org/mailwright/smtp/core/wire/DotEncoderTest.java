package org.mailwright.smtp.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.mail.Body;

class DotEncoderTest {

    private static String encode(String content, int split, boolean dots) {
        byte[] in = content.getBytes(StandardCharsets.ISO_8859_1);
        DotEncoder encoder = new DotEncoder(dots);
        byte[] out = new byte[2 * DotEncoder.worstCase(in.length) + 5];
        int put = encoder.encode(in, 0, split, out, 0);
        assertTrue(put <= DotEncoder.worstCase(split));
        put = encoder.encode(in, split, in.length - split, out, put);
        return new String(Arrays.copyOf(out, encoder.end(out, put)), StandardCharsets.ISO_8859_1);
    }

    /** The plain way: lines first, dots then. */
    private static String expected(String content) {
        String lines = content.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
        String whole = lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n";
        return ("\n" + whole).replace("\n.", "\n..").substring(1) + ".\r\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "a > a~n.~n",
                "'' > .~n",
                ". > ..~n.~n",
                "a~n.~nb > a~n..~nb~n.~n",
                "a~r.~rb > a~n..~nb~n.~n",
                "a~l.~lb~l > a~n..~nb~n.~n",
                "~r~r.~l > ~n~n..~n.~n",
                ".. > ...~n.~n",
                "a~l~n.~r~n > a~n~n..~n~n.~n",
                "a~r > a~n.~n"
            })
    void encodes(String content, String wire) {
        // ~n is CRLF, ~r a lone CR, ~l a lone LF
        String in = content.replace("~n", "\r\n").replace("~r", "\r").replace("~l", "\n");
        String out = wire.replace("~n", "\r\n");
        for (int split = 0; split <= in.length(); split++) {
            assertEquals(out, encode(in, split, true), "split at " + split);
        }
    }

    @Test
    void encodesAnythingLikeThePlainWay() {
        Random random = new Random(5321);
        String letters = "\r\n..a\0\u00fc";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder content = new StringBuilder();
            int length = random.nextInt(12);
            for (int i = 0; i < length; i++) {
                content.append(letters.charAt(random.nextInt(letters.length())));
            }
            String text = content.toString();
            String wire = encode(text, random.nextInt(length + 1), true);
            assertEquals(expected(text), wire);
            assertEquals(lastDot(wire), wire.indexOf("\r\n.\r\n"), "where it ends");
            Body.MemoryBody body =
                    Body.of(text.getBytes(StandardCharsets.ISO_8859_1)).memory().orElseThrow();
            assertEquals(wire.length() - 3, body.encodedSize(), "encoded size");
            assertEquals(encode(text, 0, false).length(), body.size().orElseThrow(), "size");
            assertEquals(body.clean(), wire.equals(text + ".\r\n"));
        }
    }

    private static int lastDot(String wire) {
        return wire.length() > 3 ? wire.length() - 5 : -1;
    }
}
