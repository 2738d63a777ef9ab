package org.mailwright.smtp.core.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.address.AddressFault.Kind;

class DomainTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.test",
                "localhost",
                "a",
                "A.b.C",
                "x-y.z--w.test",
                "1.2.3.4.in-addr.arpa",
                "3com.test",
                "a.1a",
                "123.example",
                "xn--jxalpdlp.test",
                "XN--JXALPDLP.TEST",
                "xn--0.test",
                "xn--99999999.test"
            })
    void acceptsAsWritten(String text) {
        Domain domain = Domain.parse(text);
        assertEquals(text, domain.toString());
        assertTrue(domain.isAscii());
        assertSame(domain, domain.toAscii());
        assertEquals(text.length(), domain.octets());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", ".test", "a..test", "example.test.", "-a.test", "a-.test", "a.-test", "a.test-", "a_b.test",
                "cli!ent$.test", "a b.test", "a.test ", " a.test", "192.0.2.1", "1", "example.123", "a@b", "a/b",
                        "a:25",
                "[a]", "a%b", "a\\b", "a,b", "(c)a.test", "*.test", "a\u0000.test", "a\u007F.test", "a.test\r\n", "a\n"
            })
    void refuses(String text) {
        assertThrows(AddressSyntaxException.class, () -> Domain.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "example.TEST, EXAMPLE.test",
        "m\u00FCnchen.test, xn--mnchen-3ya.test",
        "M\u00DCNCHEN.test, XN--MNCHEN-3YA.Test",
        "mu\u0308nchen.test, m\u00FCnchen.test",
        "\u03B4\u03BF\u03BA\u03B9\u03BC\u03AE.test, xn--jxalpdlp.test"
    })
    void equalInEveryWriting(String one, String other) {
        assertEquals(Domain.parse(one), Domain.parse(other));
        assertEquals(Domain.parse(one).hashCode(), Domain.parse(other).hashCode());
        assertEquals(Domain.parse(one).canonical(), Domain.parse(other).canonical());
    }

    /** What IDNA2003 confused, and look-alikes. */
    @ParameterizedTest
    @CsvSource({
        "fa\u00DF.test, fass.test",
        "\u03B2\u03CC\u03BB\u03BF\u03C2.test, \u03B2\u03CC\u03BB\u03BF\u03C3.test",
        "\u0131.test, i.test",
        "\u0435xample.test, example.test",
        "\u0915\u094D\u200D\u0937.test, \u0915\u094D\u0937.test",
        "a.test, b.test"
    })
    void notEqual(String one, String other) {
        assertNotEquals(Domain.parse(one), Domain.parse(other));
    }

    @ParameterizedTest
    @CsvSource({
        "fa\u00DF.de, xn--fa-hia.de, fa\u00DF.de",
        "\u4F8B\u3048.\u30C6\u30B9\u30C8, xn--r8jz45g.xn--zckzah, \u4F8B\u3048.\u30C6\u30B9\u30C8",
        "\u0645\u062B\u0627\u0644.\u0625\u062E\u062A\u0628\u0627\u0631, xn--mgbh0fb.xn--kgbechtv,"
                + " \u0645\u062B\u0627\u0644.\u0625\u062E\u062A\u0628\u0627\u0631",
        "B\u00DCcher.EXAMPLE, xn--bcher-kva.example, b\u00FCcher.example",
        "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.test, xn--mgba3gch31f060k.test,"
                + " \u0646\u0627\u0645\u0647\u200C\u0627\u06CC.test",
        "\uD840\uDC0B.test, xn--u50i.test, \uD840\uDC0B.test"
    })
    void translates(String written, String ascii, String unicode) {
        Domain domain = Domain.parse(written);
        assertFalse(domain.isAscii());
        assertEquals(ascii, domain.toAscii().toString());
        assertTrue(domain.toAscii().isAscii());
        assertEquals(domain, domain.toAscii());
        assertEquals(unicode, domain.toUnicode());
        assertEquals(unicode, Domain.parse(ascii).toUnicode());
        assertEquals(written, domain.toString());
    }

    /** Symbols, width forms, other dots, capitals that turn into ASCII, misplaced joiners, digits and marks, bidi. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "i\u2764.test",
                "\uFF41\uFF42.test",
                "a\u3002test",
                "a\uFF0Etest",
                "\u212A.test",
                "\u0130.test",
                "a\u200D\u00E4.test",
                "\u00E4\u200C.test",
                "\u0308a.test",
                "a\u00B7b.test",
                "\u0661\u06F1\u0627.test",
                "-\u00E4.test",
                "\u00E4-.test",
                "\u00E4b--c.test",
                "ab--\u00E4.test",
                "\u05D0a.test",
                "a\u05D0.test",
                "\u037E.test",
                "\u2028.test",
                "a\u00AD\u00E4.test",
                "\u560D\u560A DATA",
                "a.\u0661",
                "\u30FBa\u00E4.test",
                "\uD800.test",
                "\u00E4\uFFFD.test",
                "\u3164.test",
                "\u05F3\u00E4.test",
                "\u0375a\u00E4.test"
            })
    void refusesWhatIdna2008DoesNotAllow(String text) {
        assertThrows(AddressSyntaxException.class, () -> Domain.parse(text));
    }

    @Test
    void contextualCharactersStandInTheirContext() {
        assertEquals("xn--ll-0ea.test", Domain.parse("l\u00B7l.test").canonical());
        assertEquals("xn--4dbc5h.test", Domain.parse("\u05D0\u05F3\u05D1.test").canonical());
        assertFalse(Domain.parse("\u30C6\u30FB\u30C8.test").isAscii());
        assertFalse(Domain.parse("\u0627\u0661.test").isAscii());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xn--0.test", "xn--99999999.test", "xn--a.test", "xn--abc-0.test", "xn--xn---epa.test"})
    void labelsThatOnlyLookLikeALabelsStay(String text) {
        assertEquals(text, Domain.parse(text).toUnicode());
    }

    @Test
    void boundsOfLabelsAndName() {
        String label = "d".repeat(63);
        assertEquals(63, Domain.parse(label).octets());
        assertEquals(Kind.TOO_LONG, fault("d".repeat(64) + ".test"));
        String name = (label + ".").repeat(3) + "e".repeat(63);
        assertEquals(255, Domain.parse(name).octets());
        assertEquals(Kind.TOO_LONG, fault(name + ".a"));
        assertEquals(Kind.SYNTAX, fault("\u00E4".repeat(64) + ".test"));
        assertEquals(Kind.TOO_LONG, fault("\u4F8B.".repeat(64) + "test"));
    }

    private static Kind fault(String text) {
        return assertThrows(AddressSyntaxException.class, () -> Domain.parse(text))
                .fault()
                .kind();
    }
}
