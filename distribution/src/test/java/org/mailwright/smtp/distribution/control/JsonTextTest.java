package org.mailwright.smtp.distribution.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        String text = new JsonObject()
                .with("text", "a \"quoted\" back\\slash, \u001b[31m, gr\u00fc\u00df, \ud83d\ude00, \u202e")
                .with("none", Optional.empty())
                .with("number", -17)
                .with("flag", true)
                .with("time", Instant.EPOCH)
                .with("list", List.of(1L, 2L))
                .with("empty", List.of())
                .with("inner", new JsonObject().with("deep", "x"))
                .text();
        assertTrue(text.chars().allMatch(c -> c >= ' ' && c <= '~'), text);
        assertEquals(
                Map.of(
                        "text",
                        "a \"quoted\" back\\slash, \u001b[31m, gr\u00fc\u00df, \ud83d\ude00, \u202e",
                        "number",
                        -17L,
                        "flag",
                        true,
                        "time",
                        "1970-01-01T00:00:00Z",
                        "list",
                        List.of(1L, 2L),
                        "empty",
                        List.of(),
                        "inner",
                        Map.of("deep", "x")),
                JsonText.object(text));
        assertEquals(Map.of(), JsonText.object(new JsonObject().text()));
    }

    @Test
    void aLongStringIsCut() {
        String text = new JsonObject().with("text", "x".repeat(100_000)).text();
        assertEquals("x".repeat(2000) + "\u2026", JsonText.object(text).get("text"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}x",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":x}",
                "{\"a\":1,}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"",
                "{\"a\":99999999999999999999}",
                "{\"a\":[1,2}",
                "{\"a\":tru}"
            })
    void whatIsNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> JsonText.object(text));
    }

    @Test
    void depthIsBounded() {
        String text = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThrows(IllegalArgumentException.class, () -> JsonText.object(text));
    }
}
