package org.mailwright.smtp.core.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\u0000\u007F", "Gr\u00FC\u00DFe", "\u560D\u560A", "\uD83D\uDCE7 mail"})
    void roundTrip(String text) {
        byte[] octets = Utf8.encode(text);
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), octets);
        assertEquals(octets.length, Utf8.length(text));
        assertEquals(Optional.of(text), Utf8.decode(octets));
    }

    /** Over-long, surrogate, truncated, stray and too high octets. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c180",
                "c0af",
                "e080af",
                "eda080",
                "edb080",
                "eda0bdedb3a7",
                "f4908080",
                "f8888080",
                "ff",
                "fe",
                "80",
                "61c3",
                "e282",
                "f09f93",
                "61ff62"
            })
    void refusesWhatIsNotUtf8(String hex) {
        assertEquals(Optional.empty(), Utf8.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void decodesPartOfAnArray() {
        byte[] octets = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA4, (byte) 0xFF};
        assertEquals(Optional.of("a\u00E4"), Utf8.decode(octets, 1, 3));
        assertEquals(Optional.of("a"), Utf8.decode(octets, 1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> Utf8.decode(octets, 4, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "a\uDC00b", "\uDC00\uD800", "\uD83D"})
    void refusesToEncodeUnpairedSurrogates(String text) {
        assertFalse(Utf8.isWellFormed(text));
        assertThrows(IllegalArgumentException.class, () -> Utf8.encode(text));
    }

    @Test
    void noCharacterIsNarrowedToALineEnd() {
        for (byte octet : Utf8.encode("\u560D\u560A\u010D\u010A")) {
            assertTrue(octet != '\r' && octet != '\n');
        }
    }

    @Test
    void textExcludesControlsLineEndsAndNoncharacters() {
        int[] refused = {
            -1, 'a', 0x7F, 0x80, 0x85, 0x9F, 0x2028, 0x2029, 0xD800, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFD, 0xFFFE, 0xFFFF,
            0x1FFFE, 0x10FFFF, 0x110000
        };
        for (int codePoint : refused) {
            assertFalse(Utf8.isNonAsciiText(codePoint), Integer.toHexString(codePoint));
        }
        for (int codePoint : new int[] {0xA0, 0xE4, 0x2027, 0x202A, 0xD7FF, 0xE000, 0xFFFC, 0x1F4E7, 0x10FFFD}) {
            assertTrue(Utf8.isNonAsciiText(codePoint), Integer.toHexString(codePoint));
        }
    }
}
