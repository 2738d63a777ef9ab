package org.mailwright.smtp.core.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "QUIT|QUIT|",
                "quit|QUIT|",
                "QUIT  |QUIT|",
                "EHLO a b|EHLO|a b",
                "NOOP  x |NOOP| x",
                "|''|",
                " NOOP|''|NOOP",
                "MAIL FROM:<\u00e4@b>|MAIL|FROM:<\u00e4@b>",
                "\u00c4HLO x|?|",
                "  |''|"
            })
    void splitsVerbAndArguments(String line, String verb, String arguments) {
        String expected = arguments == null ? "" : arguments;
        assertEquals(new Command(verb, expected), Command.parse(line == null ? "" : line));
    }

    @Test
    void takesNoVerbOfAbsurdLength() {
        assertEquals("X".repeat(64), Command.parse("x".repeat(64) + " y").verb());
        assertEquals(new Command("?", ""), Command.parse("x".repeat(65) + " y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b\r\nRCPT TO:<evil@x>",
                "a@b\nDATA",
                "a@b\r",
                "a@b\0",
                "a\tb",
                "a@b\u2028",
                "a@b\u2029",
                "a@b\u0085",
                "\u007f"
            })
    void holdsNoControlCharacter(String argument) {
        assertThrows(IllegalArgumentException.class, () -> Command.of("MAIL", argument));
        assertThrows(IllegalArgumentException.class, () -> Command.of("MAIL" + argument));
        assertThrows(IllegalArgumentException.class, () -> new EsmtpParameter("KEY", java.util.Optional.of(argument)));
    }

    @Test
    void goesOutAsUtf8WithoutNarrowing() {
        assertArrayEquals(
                "VRFY \u560d\u560a\r\n".getBytes(StandardCharsets.UTF_8),
                Command.of("vrfy", "\u560d\u560a").octets());
        assertArrayEquals(
                "QUIT\r\n".getBytes(StandardCharsets.US_ASCII),
                Command.of("QUIT").octets());
        assertThrows(IllegalArgumentException.class, () -> Command.of("TWO WORDS"));
    }
}
