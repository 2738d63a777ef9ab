package org.mailwright.smtp.core.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnhancedCodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "4.4.7", "5.7.30", "5.999.999", "2.10.100"})
    void roundTrip(String text) {
        assertEquals(text, EnhancedCode.parse(text).orElseThrow().toString());
        assertEquals(EnhancedCode.parse(text), EnhancedCode.leading(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5.1",
                "5.1.",
                "5..1",
                "5.1.1.",
                "5.1.1 ",
                "1.0.0",
                "3.0.0",
                "6.0.0",
                "0.0.0",
                "05.1.1",
                "5.01.1",
                "5.1.01",
                "5.00.0",
                "5.1000.1",
                "5.1.1000",
                "5.-1.1",
                "5.+1.1",
                " 5.1.1",
                "5.1.x",
                "5,1,1",
                "5.\u0661.1"
            })
    void refuses(String text) {
        assertEquals(Optional.empty(), EnhancedCode.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"5.1.1 No such user|5.1.1", "2.6.0|2.6.0", "4.7.1  two spaces|4.7.1"},
            delimiter = '|')
    void findsTheCodeBeforeTheText(String reply, String code) {
        assertEquals(code, EnhancedCode.leading(reply).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.1000 no", "5.1.1.2 is a version", "5.1.1-x", "10.1.1.1 is blocked", "Ok"})
    void findsNoCodeInOtherText(String reply) {
        assertEquals(Optional.empty(), EnhancedCode.leading(reply));
    }

    @Test
    void fitsReplyCodesOfItsClass() {
        EnhancedCode permanent = new EnhancedCode(5, 1, 1);
        assertTrue(permanent.fits(550));
        assertFalse(permanent.fits(450));
        assertFalse(permanent.fits(354));
        assertFalse(permanent.fits(55));
        assertTrue(permanent.withKind(4).fits(450));
        assertEquals(new EnhancedCode(4, 1, 1), permanent.withKind(4));
    }

    @ParameterizedTest
    @CsvSource({"3,0,0", "0,0,0", "5,-1,0", "5,0,-1", "5,1000,0", "5,0,1000"})
    void constructorRefuses(int kind, int subject, int detail) {
        assertThrows(IllegalArgumentException.class, () -> new EnhancedCode(kind, subject, detail));
    }
}
