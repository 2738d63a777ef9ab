package org.mailwright.smtp.ext.auth.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    @ParameterizedTest
    @CsvSource({
        "Alice@Example.TEST, alice@example.test",
        "o'neil+tag@example.test, o'neil+tag@example.test",
        "\u00C4nne, \u00E4nne",
        "A\u0308nne, \u00E4nne", // decomposed: the same letter
        "\uFF21\uFF4C\uFF49\uFF43\uFF45, alice", // full-width
        "\u03A3\u0391\u03A3, \u03C3\u03B1\u03C3",
    })
    void bringsNamesIntoTheirNormalForm(String typed, String normal) {
        assertEquals(normal, Username.of(typed).value());
        assertEquals(Username.of(typed), Username.of(normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a\0b", "a\r\nb", "a\u007Fb", "a\u200Bb", "a\u2028b", "a\uE000", "\uFB01x", "a\u00A0b"
            })
    void refusesWhatCannotBeAName(String typed) {
        assertEquals(Optional.empty(), Username.parse(typed));
        assertThrows(IllegalArgumentException.class, () -> Username.of(typed));
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertEquals(320, Username.of("a".repeat(320)).value().length());
        assertTrue(Username.parse("a".repeat(321)).isEmpty());
        assertTrue(Username.parse("\u00E4".repeat(161)).isEmpty());
        assertTrue(Username.parse("a".repeat(1_000_000)).isEmpty());
    }

    @Test
    void refusesOctetsThatAreNoUtf8() {
        assertTrue(Username.parse(new byte[] {'a', (byte) 0xC0, (byte) 0xAF}).isEmpty());
        assertEquals(Optional.of(Username.of("\u00E4")), Username.parse("\u00C4".getBytes(UTF_8)));
    }

    @Test
    void isNeverMadeOfAnythingButItsNormalForm() {
        assertThrows(IllegalArgumentException.class, () -> new Username("Alice"));
    }
}
