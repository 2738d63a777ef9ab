package org.mailwright.smtp.core.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.address.AddressFault.Kind;

class LocalPartTest {
    @ParameterizedTest
    @CsvSource(
            value = {
                "user;user;user",
                "first.last;first.last;first.last",
                "!#$%&'*+-/=?^_`{|}~;!#$%&'*+-/=?^_`{|}~;!#$%&'*+-/=?^_`{|}~",
                "\"user\";user;user",
                "\"us\\er\";user;user",
                "\"a.b\";a.b;a.b",
                "\"John Doe\";John Doe;\"John Doe\"",
                "\"a@b\";a@b;\"a@b\"",
                "\"a\\\"b\\\\c\";a\"b\\c;\"a\\\"b\\\\c\"",
                "\"a..b\";a..b;\"a..b\"",
                "\".a\";.a;\".a\"",
                "\"a.\";a.;\"a.\"",
                "\".\";.;\".\"",
                "\" \";' ';\" \"",
                "\"x,y:z<>()[]\";x,y:z<>()[];\"x,y:z<>()[]\"",
                "\u03B4\u03BF\u03BA;\u03B4\u03BF\u03BA;\u03B4\u03BF\u03BA",
                "\"J\u00FCrgen Gro\u00DF\";J\u00FCrgen Gro\u00DF;\"J\u00FCrgen Gro\u00DF\"",
                "\"\u00E4\";\u00E4;\u00E4",
                "\uD83D\uDCE7;\uD83D\uDCE7;\uD83D\uDCE7",
                "\u560D\u560A;\u560D\u560A;\u560D\u560A"
            },
            delimiter = ';',
            quoteCharacter = '\0')
    void parsesAndRendersShortest(String written, String content, String rendered) {
        String plain = content.equals("' '") ? " " : content;
        LocalPart localPart = LocalPart.parse(written);
        assertEquals(plain, localPart.content());
        assertEquals(rendered, localPart.toString());
        assertEquals(LocalPart.of(plain), localPart);
        assertEquals(LocalPart.of(plain).hashCode(), localPart.hashCode());
        assertEquals(rendered, LocalPart.of(plain).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ".a",
                "a.",
                "a..b",
                "a b",
                "a@b",
                "a(c)",
                "a,b",
                "a<b",
                "a>b",
                "a:b",
                "a;b",
                "a[b",
                "a\\b",
                "a\"b",
                "\"",
                "\"\"",
                "\"a",
                "a\"",
                "\"a\"b",
                "\"a\".b",
                "b.\"a\"",
                "\"a\"\"b\"",
                "\"a\\\"",
                "\"a\\",
                "\"a\u0001\"",
                "\"a\\\u0001\"",
                "\"a\\\u00E4\"",
                "a\u007F",
                "\"\u007F\"",
                "a\u0000",
                "\"a\r\nb\"",
                "a\r",
                "\"a\tb\"",
                "a\u0085",
                "\"\u2028\"",
                "\u2029",
                "\uD800a",
                "\"\uDC00\"",
                "\uFFFD",
                "a\uFFFE",
                " a",
                "a "
            })
    void refuses(String written) {
        assertThrows(AddressSyntaxException.class, () -> LocalPart.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "\n", "\u0000", "\u007F", "\t", "\u0085", "\u2028", "\uD800", "\uFFFD"})
    void contentHasNoControls(String content) {
        assertThrows(AddressSyntaxException.class, () -> LocalPart.of(content));
    }

    @Test
    void caseMattersUnlessTheHostThinksOtherwise() {
        LocalPart small = LocalPart.of("user");
        LocalPart capital = LocalPart.of("User");
        assertNotEquals(small, capital);
        assertTrue(small.equalsIgnoreCase(capital));
        assertFalse(small.equalsIgnoreCase(LocalPart.of("users")));
        assertTrue(LocalPart.of("\u00E4").equalsIgnoreCase(LocalPart.of("\u00C4")));
    }

    @Test
    void knowsWhetherItIsAscii() {
        assertTrue(LocalPart.of("a b").isAscii());
        assertFalse(LocalPart.of("\u00E4").isAscii());
    }

    @Test
    void boundIsInOctetsOfContent() {
        assertEquals(252, LocalPart.parse("a".repeat(252)).content().length());
        assertEquals(
                252, LocalPart.parse("\"" + "\\\"".repeat(252) + "\"").content().length());
        assertEquals(126, LocalPart.parse("\u00E4".repeat(126)).content().length());
        assertEquals(Kind.TOO_LONG, fault("a".repeat(253)));
        assertEquals(Kind.TOO_LONG, fault("\u00E4".repeat(127)));
        assertEquals(Kind.TOO_LONG, fault("\"" + " ".repeat(253) + "\""));
        assertEquals(Kind.TOO_LONG, fault("a".repeat(10_240)));
    }

    private static Kind fault(String written) {
        return assertThrows(AddressSyntaxException.class, () -> LocalPart.parse(written))
                .fault()
                .kind();
    }
}
