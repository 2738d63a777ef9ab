package org.mailwright.smtp.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XtextTest {
    @ParameterizedTest
    @CsvSource(
            value = {
                "''|''",
                "e=mc2@example.com|e+3Dmc2@example.com",
                "a+b|a+2Bb",
                "John Doe|John+20Doe",
                "~!|~!",
                "\u00E4|+C3+A4"
            },
            delimiter = '|')
    void encodesAndDecodes(String text, String xtext) {
        assertEquals(xtext, Xtext.encode(text));
        assertEquals(Optional.of(text), Xtext.decode(xtext));
    }

    @Test
    void decodesWhatNeedNotBeEncoded() {
        assertEquals(Optional.of("A~"), Xtext.decode("+41+7E"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                "a b",
                "a\tb",
                "+",
                "+4",
                "a+",
                "a+4",
                "+4g",
                "+3d",
                "+aB",
                "+ 4",
                "++41",
                "\u00E4",
                "+\uFF14\uFF11",
                "\u007F",
                "a\r\n",
                "\u0000",
                "+FF",
                "+C0+AF",
                "+C3",
                "+ED+A0+80"
            })
    void refusesWhatIsNotXtext(String xtext) {
        assertEquals(Optional.empty(), Xtext.decode(xtext));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+0D+0Ab", "+00", "+7F", "+09", "+1B[2J", "+C3+A4", "+E2+80+A8"})
    void printableFormRefusesControlsAndOtherAlphabets(String xtext) {
        assertTrue(Xtext.decode(xtext).isPresent());
        assertEquals(Optional.empty(), Xtext.decodePrintable(xtext));
    }

    @Test
    void printableFormTakesSpaces() {
        assertEquals(Optional.of("QQ 314159"), Xtext.decodePrintable("QQ+20314159"));
    }

    @Test
    void refusesUnpairedSurrogates() {
        assertThrows(IllegalArgumentException.class, () -> Xtext.encode("a\uD800"));
    }

    @Test
    void everyTextSurvivesAndIsPlainOnTheWire() {
        Random random = new Random(3461);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int codePoint = random.nextInt(random.nextBoolean() ? 0x100 : 0x20000);
                text.appendCodePoint(Character.getType(codePoint) == Character.SURROGATE ? 'x' : codePoint);
            }
            String xtext = Xtext.encode(text.toString());
            assertTrue(xtext.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '='), xtext);
            assertEquals(Optional.of(text.toString()), Xtext.decode(xtext));
        }
    }
}
