package org.mailwright.smtp.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mailwright.smtp.core.client.ClientFixture.PIPELINING;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.command.EsmtpParameter;
import org.mailwright.smtp.core.extension.ClientLine;

/** Nothing that a caller gives can become a command: it is refused when the value is made. */
class InjectionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b\r\nRCPT TO:<evil@x>",
                "a@b\nDATA",
                "a@b\r",
                "a@b\u0000",
                "a@b> SIZE=1",
                "a@b>\r\n",
                " a@b",
                "<a@b",
                "\"a\r\nb\"@c",
                "a@b\u2028",
                "a@b\u0085",
                "a b@c"
            })
    void anAddressCannotCarryACommand(String address) {
        assertThrows(AddressSyntaxException.class, () -> ForwardPath.parse("<" + address + ">"));
        assertThrows(AddressSyntaxException.class, () -> ReversePath.parse("<" + address + ">"));
    }

    @Test
    void charsAreNotNarrowedToOctets() {
        // The low octets of these two letters are CR and LF.
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        client.said();
        ClientFixture.Job job = client.send("x", "a@b\u560d\u560aDATA");
        assertEquals("", client.said());
        assertEquals(553, job.outcome().reply().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"me\r\nMAIL", "me\nx", "me you", "", "me\u2028", "\u0000", "me\u0085"})
    void aHostnameCannotCarryACommand(String hostname) {
        assertThrows(IllegalArgumentException.class, () -> ClientConfig.DEFAULTS.withHostname(hostname));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nQUIT", "x\n", "x\r", "x\u0000", "x\u2029", "x\u0085"})
    void aLineCannotCarryAnother(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ClientLine.secret(text));
        assertEquals("a line cannot hold a control character: ***", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ClientLine.plain(text));
        assertThrows(IllegalArgumentException.class, () -> Command.of("NOOP", text));
        assertThrows(IllegalArgumentException.class, () -> EsmtpParameter.of("ENVID", text));
    }

    @Test
    void aSecretIsNotShown() {
        assertEquals(
                "AUTH ***",
                ClientLine.secret(Command.of("AUTH", "PLAIN AGEAYg==")).toString());
        assertEquals(
                "AUTH PLAIN AGEAYg==\r\n",
                new String(
                        ClientLine.secret(Command.of("AUTH", "PLAIN AGEAYg==")).octets(), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n.\r\nMAIL FROM:<evil@x>\r\n",
                "x\n.\nMAIL FROM:<evil@x>\n",
                "x\r.\rMAIL FROM:<evil@x>\r",
                "x\n.\r\nMAIL FROM:<evil@x>\r\n",
                "x\r\n.\nMAIL FROM:<evil@x>\n",
                ".\r\nMAIL FROM:<evil@x>\r\n",
                ".\nMAIL FROM:<evil@x>",
                "x\r\n\r.\r\n.\r\nMAIL FROM:<evil@x>",
                "x\r\r\n.\r\r\nMAIL FROM:<evil@x>"
            })
    void contentCannotEndEarly(String content) {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        client.send(content);
        client.said();
        client.reply("250 a\r\n250 b\r\n354 go");
        String wire = client.said();
        assertEquals(wire.length() - 5, wire.indexOf("\r\n.\r\n"), wire);
        assertEquals(false, wire.startsWith(".\r\n"));
        assertEquals(false, Pattern.compile("(?<!\r)\n|\r(?!\n)").matcher(wire).find(), "bare CR or LF");
    }
}
