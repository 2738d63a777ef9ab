package org.mailwright.smtp.core.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
    /** Samples of RFC 3492 §7.1. */
    @ParameterizedTest
    @CsvSource({
        "\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F,"
                + " egbpdaj6bu4bxfgehfvwxn",
        "\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587, ihqwcrb4cv8a8dqg056pqjye",
        "3\u5E74b\u7D44\u91D1\u516B\u5148\u751F, 3b-ww4c5e180e575a65lsy2b",
        "\u305D\u306E\u30B9\u30D4\u30FC\u30C9\u3067, d9juau41awczczp"
    })
    void samples(String text, String encoded) {
        assertEquals(encoded, Punycode.encode(text));
        assertEquals(Optional.of(text), Punycode.decode(encoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "99999999", "zzzzzzzzzzzz", "ab-\u00E4", "A", "_", "0e5r"})
    void decodesOnlyWhatFits(String encoded) {
        Optional<String> decoded = Punycode.decode(encoded);
        assertTrue(decoded.isEmpty() || Punycode.encode(decoded.get()).equals(encoded), () -> "" + decoded);
    }

    @Test
    void anyInputIsDecodedOrRefusedAndAnyLabelSurvives() {
        Random random = new Random(3492);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder encoded = new StringBuilder();
            for (int i = random.nextInt(59); i > 0; i--) {
                encoded.append("abcdefghijklmnopqrstuvwxyz0123456789-".charAt(random.nextInt(37)));
            }
            Optional<String> decoded = Punycode.decode(encoded.toString());
            decoded.ifPresent(text ->
                    assertTrue(text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE), text));
            StringBuilder label = new StringBuilder("\u00E4");
            for (int i = random.nextInt(20); i > 0; i--) {
                int codePoint = 0x61 + random.nextInt(random.nextInt(8) == 0 ? 0x1_0000 : 0x600);
                label.appendCodePoint(Character.getType(codePoint) == Character.SURROGATE ? 'x' : codePoint);
            }
            assertEquals(Optional.of(label.toString()), Punycode.decode(Punycode.encode(label.toString())));
        }
    }
}
