package org.mailwright.smtp.queue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.MimeUtility;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain text|plain text",
                "=?utf-8?B?R3LDvMOfZQ==?=|Grüße",
                "=?ISO-8859-1?q?Gr=FC=dfe_an?= alle|Grüße an alle",
                "=?us-ascii*en?Q?a?= =?us-ascii?Q?b?= c|ab c",
                "a =?utf-8?Q?b?=|a b",
                "=?x-none?Q?a?= =?utf-8?Q?b?=|=?x-none?Q?a?= b",
                "=?utf-8?B?%%?=|=?utf-8?B?%%?=",
                "=?utf-8?Q?=zz=4?=|=zz=4",
                "=?utf-8?X?a?=|=?utf-8?X?a?=",
            })
    void decodes(String value, String expected) {
        assertEquals(expected, EncodedWords.decode(value));
    }

    @Test
    void encodesSoThatOthersCanRead() throws Exception {
        String text = "Grüße \uD83D\uDE00 ".repeat(20) + "ende";
        String encoded = EncodedWords.encode(text);
        assertTrue(Arrays.stream(encoded.split(" ")).allMatch(word -> word.length() <= 75));
        assertEquals(text, MimeUtility.decodeText(encoded));
        assertEquals(text, EncodedWords.decode(encoded));
    }

    @Test
    void encodesWhatLooksEncoded() throws Exception {
        String text = "a =?utf-8?Q?=0D=0A?=";
        assertEquals(text, MimeUtility.decodeText(EncodedWords.encode(text)));
        assertEquals("a = b?", EncodedWords.encode("a = b?"));
    }
}
