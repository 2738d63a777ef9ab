package org.mailwright.smtp.ext.size;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.mail.Body;

class SizeClientTest {

    private static final long FIVE_GIB = 5L << 30;

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Body huge() {
        return Body.of(OptionalLong.of(FIVE_GIB), () -> body("x").open());
    }

    private static String sent(Body body, String keyword) {
        return new OneMail(body).sentTo(keyword);
    }

    @Test
    void declaresTheSizeWithItsLineEnds() {
        assertEquals("MAIL FROM:<a@client.example> SIZE=13", sent(body("a\nb\r\n..\r\n."), "SIZE"));
        assertEquals("MAIL FROM:<a@client.example> SIZE=0", sent(body(""), "SIZE 12"));
        assertEquals("MAIL FROM:<a@client.example> SIZE=5368709120", sent(huge(), "SIZE 0"));
    }

    @Test
    void declaresNothingToAPeerThatDoesNotAsk() {
        assertEquals("MAIL FROM:<a@client.example>", sent(body("x"), "SIZES 1"));
    }

    @Test
    void declaresNothingWhenTheSizeIsNotKnown() {
        Body unknown = Body.of(OptionalLong.empty(), () -> body("xxxx").open());
        assertEquals("MAIL FROM:<a@client.example>", sent(unknown, "SIZE 1"));
    }

    @Test
    void sendsWhatJustFits() {
        assertEquals("MAIL FROM:<a@client.example> SIZE=7", sent(body("12345"), "size 7"));
        assertEquals("MAIL FROM:<a@client.example> SIZE=5368709120", sent(huge(), "SIZE 5368709120"));
    }

    @Test
    void doesNotEvenBeginWithWhatIsTooLarge() {
        OneMail large = new OneMail(body("123456"));
        assertEquals("", large.sentTo("SIZE 7"));
        assertTrue(
                large.outcome()
                        .orElseThrow()
                        .toString()
                        .contains("552 5.3.4 Message of 8 octets is larger than the 7 that mx.example.test takes"),
                () -> large.outcome().toString());
        OneMail huge = new OneMail(huge());
        assertEquals("", huge.sentTo("SIZE 5368709119"));
        assertTrue(huge.outcome().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "0, 0",
        "1000, 1000",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 0",
        "99999999999999999999, 0",
        "100000000000000000000, 0",
        "-1, 0",
        "many, 0"
    })
    void readsThePeersLimit(String word, long limit) {
        assertEquals(Optional.of(limit), SizeValue.limit(word.isEmpty() ? List.of() : List.of(word, "more")));
    }
}
