package org.mailwright.smtp.distribution.sendmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMailTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "A: b\\n\\nx\\n, A: b\\r\\n\\r\\nx\\r\\n",
                "A: b\\r\\n\\r\\nx\\r\\n, A: b\\r\\n\\r\\nx\\r\\n",
                "A: b\\n\\nx, A: b\\r\\n\\r\\nx\\r\\n",
                "A: b\\n c\\n\\nx\\n, A: b\\r\\n c\\r\\n\\r\\nx\\r\\n",
                "no header\\nx\\n, \\r\\nno header\\r\\nx\\r\\n",
                "\\nx\\n, \\r\\nx\\r\\n",
                "`` , \\r\\n",
                "A: b\\n\\n.x\\n..\\n, A: b\\r\\n\\r\\n.x\\r\\n..\\r\\n",
                "A: b\\n\\nx\\n.\\nrest\\n, A: b\\r\\n\\r\\nx\\r\\n",
                "A: b\\n\\nx\\n.\\r\\nrest\\n, A: b\\r\\n\\r\\nx\\r\\n",
                "A: b\\n\\nx\\n., A: b\\r\\n\\r\\nx\\r\\n",
            })
    void textBecomesWhatIsSent(String text, String wire) throws Exception {
        assertEquals(wire.translateEscapes(), read(text.translateEscapes(), true));
    }

    @Test
    void aDotCanBeText() throws Exception {
        assertEquals("\r\nx\r\n.\r\nrest\r\n", read("\nx\n.\nrest\n", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A: b\\rc\\n", "x\\r", "\\r\\r\\n", ".\\rx\\n"})
    void aCarriageReturnAloneIsRefused(String text) {
        SendmailException failure = assertThrows(SendmailException.class, () -> read(text.translateEscapes(), true));
        assertEquals("line 1 of the mail: expected LF behind CR, found none", failure.getMessage());
    }

    @Test
    void aHeaderHasABound() {
        assertThrows(SendmailException.class, () -> read("A: b\n".repeat(300_000), true));
    }

    @Test
    void fieldsAreFoundAndChanged() throws Exception {
        String text = """
            To: "B, C" <b@example.test>,
             c@example.test (a (b) comment)
            bcc: d@example.test
            X: y

            x
            """;
        try (LocalMail mail = open(text, true)) {
            assertEquals(List.of("b@example.test", "c@example.test"), mail.addresses("To"));
            assertEquals(List.of("d@example.test"), mail.addresses("BCC"));
            assertTrue(mail.has("Bcc"));
            mail.remove("Bcc");
            assertFalse(mail.has("Bcc"));
            mail.add("From", "evil\r\nBcc: x@example.test");
            String expected = """
                To: "B, C" <b@example.test>,
                 c@example.test (a (b) comment)
                X: y
                From: evil  Bcc: x@example.test

                x
                """;
            assertEquals(expected.replace("\n", "\r\n"), text(mail));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a@b.test | a@b.test",
                "a@b.test, c@d.test | a@b.test c@d.test",
                "Name <a@b.test> | a@b.test",
                "\"Last, First\" <a@b.test> | a@b.test",
                "\"a b\"@c.test | \"a b\"@c.test",
                "friends: a@b.test, c@d.test;, e@f.test | a@b.test c@d.test e@f.test",
                "undisclosed-recipients:; | ``",
                "(x@y.test) a@b.test (, \\) ,) | a@b.test",
                "<@relay.test,@other.test:a@b.test> | @relay.test,@other.test:a@b.test",
                "a @ b.test | a@b.test",
                "\"a\\\"b\" <c@d.test> | c@d.test",
                ", , | ``",
            })
    void addressesOfAField(String field, String addresses) {
        assertEquals(addresses, String.join(" ", AddressList.parse(field)));
    }

    private static String read(String text, boolean dotEnds) throws IOException, SendmailException {
        try (LocalMail mail = open(text, dotEnds)) {
            return text(mail);
        }
    }

    private static LocalMail open(String text, boolean dotEnds) throws IOException, SendmailException {
        return LocalMail.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), dotEnds);
    }

    private static String text(LocalMail mail) throws IOException {
        try (var in = mail.open()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
