package org.mailwright.smtp.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AsciiTest {
    private static final String KELVIN = "\u212A";

    @Test
    void asciiEndsBelow80() {
        assertTrue(Ascii.isAscii(""));
        assertTrue(Ascii.isAscii("a\u007F\0"));
        assertFalse(Ascii.isAscii("a\u0080"));
    }

    @Test
    void printableIsSpaceToTilde() {
        assertTrue(Ascii.isPrintable(" ~"));
        assertFalse(Ascii.isPrintable("a\u001F"));
        assertFalse(Ascii.isPrintable("a\u007F"));
        assertFalse(Ascii.isPrintable("\u00E4"));
        assertFalse(Ascii.isPrintable(-1));
    }

    @Test
    void lettersAndDigitsAreThoseOfAsciiAlone() {
        for (int c = -1; c < 0x300; c++) {
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            assertEquals(letter, Ascii.isLetter(c), "letter " + c);
            assertEquals(c >= '0' && c <= '9', Ascii.isDigit(c), "digit " + c);
        }
    }

    @Test
    void lowerChangesAsciiCapitalsOnly() {
        assertEquals("az\u00C4[@`" + KELVIN, Ascii.lower("AZ\u00C4[@`" + KELVIN));
        String small = "already small 1";
        assertSame(small, Ascii.lower(small));
    }

    @Test
    void comparisonIgnoresCaseOfAsciiOnly() {
        assertTrue(Ascii.equalsIgnoreCase("Postmaster", "pOSTMASTER"));
        assertFalse(Ascii.equalsIgnoreCase("[", "{"));
        assertFalse(Ascii.equalsIgnoreCase("k", KELVIN));
        assertFalse(Ascii.equalsIgnoreCase("\u00E4", "\u00C4"));
        assertFalse(Ascii.equalsIgnoreCase("a", "ab"));
    }
}
