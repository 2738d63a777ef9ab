package org.mailwright.smtp.core.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.address.AddressFault.Kind;

class PathTest {
    @ParameterizedTest
    @CsvSource(
            value = {
                "<user@example.test>|<user@example.test>",
                "<\"user\"@EXAMPLE.test>|<user@EXAMPLE.test>",
                "<\"John Doe\"@client.test>|<\"John Doe\"@client.test>",
                "<\"a>b\"@client.test>|<\"a>b\"@client.test>",
                "<postmaster@[127.0.0.1]>|<postmaster@[127.0.0.1]>",
                "<abc@[IPv6:2001:DB8::25]>|<abc@[IPv6:2001:db8::25]>",
                "<@a.test:user@b.test>|<user@b.test>",
                "<@a.test,@b.test:user@c.test>|<user@c.test>",
                "<user%elsewhere@[127.0.0.1]>|<user%elsewhere@[127.0.0.1]>",
                "<elsewhere!user@local.test>|<elsewhere!user@local.test>",
                "<\"user@evil.test\"@local.test>|<\"user@evil.test\"@local.test>",
                "<abc@\u03B4\u03BF\u03BA\u03B9\u03BC\u03AE.test>|<abc@\u03B4\u03BF\u03BA\u03B9\u03BC\u03AE.test>",
                "<postmaster@x>|<postmaster@x>",
                "<$\\{jndi\\}@x>|",
                "<%s%n%p@client.test>|<%s%n%p@client.test>"
            },
            delimiter = '|',
            quoteCharacter = '\0')
    void bothPathsTakeMailboxes(String text, String rendered) {
        if (rendered == null) {
            assertThrows(AddressSyntaxException.class, () -> ReversePath.parse(text));
            return;
        }
        Mailbox mailbox = assertInstanceOf(Mailbox.class, ReversePath.parse(text));
        assertEquals(rendered, mailbox.path());
        assertEquals("<" + mailbox + ">", mailbox.path());
        assertEquals(mailbox, ForwardPath.parse(text));
        assertEquals(mailbox, ReversePath.parse(rendered));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                ">",
                "user@x.test",
                "<user@x.test",
                "user@x.test>",
                "<<user@x.test>>",
                "< user@x.test>",
                "<user@x.test >",
                "<user>",
                "<@x.test>",
                "<user@>",
                "<@>",
                "<a@b@x.test>",
                "<a@@x.test>",
                "<a..b@x.test>",
                "<ab.@x.test>",
                "<.ab@x.test>",
                "<a@-x.test>",
                "<a@x-.test>",
                "<a@x.test.>",
                "<a@.x.test>",
                "<a@cli!ent$.test>",
                "<a b@x.test>",
                "<a@192.0.2.1>",
                "<a@[192.0.2.1>",
                "<a@[foo]>",
                "<a@[IPv6:zz::1]>",
                "<\"abc@x.test>",
                "<a(comment)@x.test>",
                "<a@x.test(comment)>",
                "<a@x.test,b@x.test>",
                "< >",
                "<User <a@x.test>>",
                "User <a@x.test>",
                "<a@x.test>junk",
                "<a@x.test> SIZE=1",
                "<\"\"@x.test>",
                "<@a.test>",
                "<@a.test:>",
                "<@a.test,:u@x.test>",
                "<@a.test,b.test:u@x.test>",
                "<@:u@x.test>",
                "<@[127.0.0.1]:u@x.test>",
                "<@a.test:@b.test:u@x.test>",
                "<@a.test u@x.test>",
                "<@a.test::u@x.test>",
                "<a\u0000.x@x.test>",
                "<a\u007Fb@x.test>",
                "<abc\rRCPT TO:<x>@x.test>",
                "<a@x.test\r\n>",
                "<a@x\u2028>"
            })
    void bothPathsRefuse(String text) {
        assertThrows(AddressSyntaxException.class, () -> ReversePath.parse(text));
        assertThrows(AddressSyntaxException.class, () -> ForwardPath.parse(text));
    }

    @Test
    void nullPathIsForSendersOnly() {
        assertSame(NullPath.INSTANCE, ReversePath.parse("<>"));
        assertEquals("<>", NullPath.INSTANCE.path());
        assertThrows(AddressSyntaxException.class, () -> ForwardPath.parse("<>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Postmaster>", "<postmaster>", "<pOsTmAsTeR>"})
    void barePostmasterIsForRecipientsOnly(String text) {
        assertSame(Postmaster.INSTANCE, ForwardPath.parse(text));
        assertEquals("<Postmaster>", ForwardPath.parse(text).path());
        assertThrows(AddressSyntaxException.class, () -> ReversePath.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<\"postmaster\">",
                "<postmaster@>",
                "<postmasters>",
                "<@a.test:postmaster>",
                "<Post\u0001aster>",
                "<po\u017Ftmaster>",
                "<postmaster",
                "<0ostmaster>"
            })
    void otherBareWordsAreRefused(String text) {
        assertThrows(AddressSyntaxException.class, () -> ForwardPath.parse(text));
    }

    @Test
    void scanTellsWhereThePathEnds() {
        String line = "MAIL FROM:<@r.test:\"a>b\"@x.test> SIZE=100";
        Scan.Found<ReversePath> found = found(ReversePath.scan(line, 10, false));
        assertEquals(Mailbox.parse("\"a>b\"@x.test"), found.value());
        assertEquals(" SIZE=100", line.substring(found.end()));
        assertEquals(2, found(ReversePath.scan("<>SIZE=1", 0, false)).end());
        assertEquals(
                20, found(ForwardPath.scan("RCPT TO:<Postmaster>", 8, false)).end());
    }

    @Test
    void scanRefusesOutsideTheText() {
        assertThrows(IndexOutOfBoundsException.class, () -> ReversePath.scan("<>", 3, false));
        assertThrows(IndexOutOfBoundsException.class, () -> ReversePath.scan("<>", -1, false));
        assertEquals(new AddressFault(Kind.SYNTAX, 2, "<"), fault(ReversePath.scan("<>", 2, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<\u03B4@x.test>", "<a@\u00E4.test>", "<\"\u00E4 b\"@x.test>", "<@\u00E4.test:a@b.test>"})
    void utf8IsItsOwnFaultWhenItIsTheOnlyOne(String text) {
        assertEquals(Kind.NOT_ASCII, fault(ReversePath.scan(text, 0, false)).kind());
        assertEquals(Kind.NOT_ASCII, fault(ForwardPath.scan(text, 0, false)).kind());
        assertEquals(text.length(), found(ReversePath.scan(text, 0, true)).end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<\u03B4@x..test>", "<a@\u2764.test>", "<\u00E4\u0085@x.test>", "<\u00E4@x.test"})
    void syntaxGoesBeforeUtf8(String text) {
        assertEquals(Kind.SYNTAX, fault(ReversePath.scan(text, 0, false)).kind());
    }

    @Test
    void faultsSayWhereAndWhatWithoutRepeatingTheText() {
        AddressFault fault = fault(ReversePath.scan("<a b@x.test>", 0, false));
        assertEquals(new AddressFault(Kind.SYNTAX, 2, "@"), fault);
        assertEquals("Bad address syntax at character 3: expected @", fault.message());
        AddressSyntaxException thrown =
                assertThrows(AddressSyntaxException.class, () -> ReversePath.parse("<a b@x.test>"));
        assertEquals(fault, thrown.fault());
        assertEquals(fault.message(), thrown.getMessage());
    }

    @Test
    void boundsOfPaths() {
        String host = domainOf(252);
        ReversePath longest = ReversePath.parse("<a@" + host + ">");
        assertEquals(256, longest.path().length());
        assertEquals(
                Kind.TOO_LONG,
                fault(ReversePath.scan("<ab@" + host + ">", 0, false)).kind());
        assertThrows(AddressSyntaxException.class, () -> new Mailbox(LocalPart.of("ab"), Domain.parse(host)));
        String route = "@" + domainOf(255) + ",@" + domainOf(255) + ",@" + domainOf(252);
        assertEquals(longest, ReversePath.parse("<" + route + ":a@" + host + ">"));
        assertEquals(
                Kind.TOO_LONG,
                fault(ReversePath.scan("<" + route + "," + route + ":a@" + host + ">", 0, false))
                        .kind());
    }

    @Test
    void mailboxesAreEqualInEveryWriting() {
        Mailbox mailbox = Mailbox.parse("user@m\u00FCnchen.test");
        Mailbox other = Mailbox.parse("\"us\\er\"@XN--MNCHEN-3YA.test");
        assertEquals(mailbox, other);
        assertEquals(mailbox.hashCode(), other.hashCode());
        assertNotEquals(mailbox, Mailbox.parse("User@m\u00FCnchen.test"));
        assertTrue(other.isAscii());
        assertEquals(new Mailbox(LocalPart.of("user"), other.host()), mailbox);
    }

    @Test
    void mailboxScanStopsAtTheFirstForeignCharacter() {
        Scan.Found<Mailbox> found = found(Mailbox.scan("user@x.test SMTPUTF8", 0, false));
        assertEquals("user@x.test", found.value().toString());
        assertEquals(11, found.end());
        assertEquals(
                6, found(Host.scan("EHLO [1.2.3.4]".substring(5), 0, false)).end() - 3);
    }

    private static String domainOf(int octets) {
        String labels = ("d".repeat(49) + ".").repeat(octets / 50);
        return labels + "e".repeat(octets - labels.length());
    }

    private static <T> Scan.Found<T> found(Scan<T> scan) {
        return switch (scan) {
            case Scan.Found<T> found -> found;
            case Scan.Refused<T> refused ->
                throw new AssertionError(refused.fault().message());
        };
    }

    private static <T> AddressFault fault(Scan<T> scan) {
        return switch (scan) {
            case Scan.Found<T> found -> throw new AssertionError("accepted " + found.value());
            case Scan.Refused<T> refused -> refused.fault();
        };
    }
}
