package org.mailwright.smtp.core.address;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.text.Utf8;

/** No way in for a second command: neither through a text that is parsed nor through the parts of a value. */
class AddressInjectionTest {
    private static final List<Function<String, Object>> FACTORIES = List.of(
            Mailbox::parse,
            text -> ReversePath.parse("<" + text + ">"),
            text -> ForwardPath.parse("<" + text + ">"),
            text -> Mailbox.parse("a@" + text),
            Domain::parse,
            Host::parse,
            AddressLiteral::parse,
            LocalPart::parse);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b\r\nRCPT TO:<evil@x>",
                "a@b\nDATA",
                "a@b\r",
                "a@b\0",
                "a@b> SIZE=1",
                "a@b>\r\n",
                " a@b",
                "<a@b",
                "\"a\r\nb\"@c",
                "a@b\u2028",
                "a@b\u2029",
                "a@b\u0085",
                "a@b%0d%0a",
                "a@b>",
                "a@b ",
                "a@b\t",
                "a@b\u000B",
                "a@b\u000C",
                "\"a\nb\"",
                "[tag:a\r\n]",
                "a@[tag:a\nb]",
                "b\r\n",
                "b\u0000",
                "\"a\u0085b\"@c",
                "\"a\u2028b\"@c",
                "\"a\\\nb\"@c",
                "\"a\\\rb\"@c"
            })
    void refusedEverywhere(String text) {
        for (Function<String, Object> factory : FACTORIES) {
            assertThrows(AddressSyntaxException.class, () -> factory.apply(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b\u560D\u560ADATA", "a\u010D\u010A@b", "a@b\u010D\u010Adata"})
    void charactersWhoseLowOctetIsALineEndStayThemselves(String text) {
        byte[] octets = Utf8.encode(Mailbox.parse(text).path());
        for (byte octet : octets) {
            assertTrue((octet & 0xFF) >= 0x20 && octet != 0x7F);
        }
    }

    @Test
    void noControlCharacterAnywhere() {
        for (int c = 0; c < 0xA0; c = c == 0x1F ? 0x7F : c + 1) {
            String control = Character.toString(c);
            for (Function<String, Object> factory : FACTORIES) {
                for (String text : List.of(
                        "a@b" + control,
                        control + "a@b",
                        "a" + control + "b@c",
                        "\"" + control + "\"@b",
                        "\"\\" + control + "\"@b",
                        "a@[t:" + control + "]",
                        "a" + control,
                        "\"a" + control + "\"")) {
                    assertThrows(AddressSyntaxException.class, () -> factory.apply(text));
                }
            }
            assertThrows(AddressSyntaxException.class, () -> LocalPart.of("a" + control));
            assertThrows(AddressSyntaxException.class, () -> new GeneralLiteral("t" + control, "x"));
            assertThrows(AddressSyntaxException.class, () -> new GeneralLiteral("t", "x" + control));
        }
    }
}
