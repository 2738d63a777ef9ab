package org.mailwright.smtp.core.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Settings SETTINGS = Settings.of(
            "extension.X",
            Map.of("text", "word", "flag", true, "number", 7L, "list", List.of("a", "b"), "table", Map.of("k", 1L)));

    private static void assertRefused(String message, Executable reading) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, reading).getMessage());
    }

    @Test
    void readsEachType() {
        assertEquals(Optional.of("word"), SETTINGS.text("text"));
        assertEquals(Optional.of(true), SETTINGS.flag("flag"));
        assertEquals(Optional.of(7L), SETTINGS.number("number", 1, 7));
        assertEquals(Optional.of(List.of("a", "b")), SETTINGS.texts("list"));
        assertEquals(Optional.of(List.of("word")), SETTINGS.texts("text"));
        assertEquals(Optional.of(1L), SETTINGS.table("table").flatMap(inner -> inner.number("k", 0, 9)));
        assertEquals(Optional.empty(), SETTINGS.text("other"));
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertRefused("extension.X.flag: expected a text, found true", () -> SETTINGS.text("flag"));
        assertRefused("extension.X.text: expected true or false, found \"word\"", () -> SETTINGS.flag("text"));
        assertRefused(
                "extension.X.number: expected a whole number from 8 to 9, found 7",
                () -> SETTINGS.number("number", 8, 9));
        assertRefused(
                "extension.X.text: expected a size such as \"50MiB\" or a number of octets, found \"word\"",
                () -> SETTINGS.size("text"));
        assertRefused("extension.X.number: expected a list of texts, found 7", () -> SETTINGS.texts("number"));
        assertRefused(
                "extension.X.table.k: expected a text, found 1",
                () -> SETTINGS.table("table").orElseThrow().text("k"));
    }

    @Test
    void tellsKeysThatNobodyKnows() {
        assertSame(SETTINGS, SETTINGS.only("text", "flag", "number", "list", "table", "more"));
        assertRefused("extension.X.list: unknown key; expected text, flag", () -> SETTINGS.only("text", "flag"));
        assertRefused(
                "extension.Y.a: unknown key; expected no keys here",
                () -> new Bare().configured(Settings.of("extension.Y", Map.of("a", 1L))));
        Bare bare = new Bare();
        assertSame(bare, bare.configured(Settings.of("extension.Y", Map.of())));
    }

    @Test
    void showsNoValue() {
        assertFalse(SETTINGS.toString().contains("word"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10B, 10",
        "1kB, 1000",
        "1KB, 1000",
        "1KiB, 1024",
        "50MiB, 52428800",
        "3 GiB, 3221225472",
        "8388607TiB, 9223370937343148032",
        "9223372036854775807, 9223372036854775807"
    })
    void readsSizes(String text, long octets) {
        assertEquals(Optional.of(octets), Settings.of("t", Map.of("k", text)).size("k"));
    }

    @ParameterizedTest
    @CsvSource({"8388608TiB", "9223372036854775808", "-1", "1.5MiB", "MiB", "1mib", "''", "1 0"})
    void refusesWhatIsNoSize(String text) {
        Settings settings = Settings.of("t", Map.of("k", text));
        assertThrows(IllegalArgumentException.class, () -> settings.size("k"));
    }

    @Test
    void readsSpans() {
        Settings spans = Settings.of("t", Map.of("a", "5m", "b", "100ms", "c", "2d", "d", "0s", "e", "5"));
        assertEquals(Optional.of(Duration.ofMinutes(5)), spans.duration("a"));
        assertEquals(Optional.of(Duration.ofMillis(100)), spans.duration("b"));
        assertEquals(Optional.of(Duration.ofDays(2)), spans.duration("c"));
        assertThrows(IllegalArgumentException.class, () -> spans.duration("d"));
        assertThrows(IllegalArgumentException.class, () -> spans.duration("e"));
    }

    private static final class Bare implements Extension {
        @Override
        public String id() {
            return "Y";
        }
    }
}
