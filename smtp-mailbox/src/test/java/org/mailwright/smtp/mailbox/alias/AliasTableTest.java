package org.mailwright.smtp.mailbox.alias;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Mailbox;

class AliasTableTest {
    @TempDir
    private Path folder;

    private AliasTable read(String text) throws IOException {
        return AliasTable.read(Files.writeString(folder.resolve("aliases"), text));
    }

    private static String members(AliasTable table, String address) {
        return table.find(Mailbox.parse(address), "+")
                .map(match -> match.alias().members().stream()
                                .map(Mailbox::toString)
                                .collect(Collectors.joining(" "))
                        + match.detail().map(detail -> " (" + detail + ")").orElse(""))
                .orElse("-");
    }

    @Test
    void everyFormIsRead() throws IOException {
        AliasTable table = read("""
            \uFEFF# who gets what
            sales@example.org: alice, bob@elsewhere.example

            list@example.org: a@one.example,
                # in between
            \tb@two.example
              , c
            owner-list@example.org: boss@example.org
            spam@example.org:
              :discard:
            "a:b, c"@example.org : "x,y", d@[IPv6:2001:db8::1]
            j\u00f6rg@b\u00fccher.example: alice@example.org
            @example.org: catchall
            @old.example: @example.org
            """);
        assertEquals("alice@example.org bob@elsewhere.example", members(table, "sales@example.org"));
        assertEquals("alice@example.org bob@elsewhere.example", members(table, "SALES@EXAMPLE.ORG"));
        assertEquals("a@one.example b@two.example c@example.org", members(table, "list@example.org"));
        assertEquals("a@one.example b@two.example c@example.org (De)", members(table, "list+De@example.org"));
        assertEquals("", members(table, "spam@example.org"));
        assertEquals("\"x,y\"@example.org d@[IPv6:2001:db8::1]", members(table, "\"a:b, c\"@example.org"));
        assertEquals("alice@example.org", members(table, "J\u00d6RG@xn--bcher-kva.example"));
        assertEquals("-", members(table, "alice@example.org"));
        assertEquals(
                "owner-list@example.org",
                table.find(Mailbox.parse("list@example.org"), "+")
                        .flatMap(match -> match.alias().owner())
                        .orElseThrow()
                        .toString());
        assertEquals(
                "catchall@example.org",
                table.catchAll(Domain.parse("Example.ORG"))
                        .orElseThrow()
                        .members()
                        .getFirst()
                        .toString());
        assertEquals(
                "x+y@example.org",
                table.renamed(Mailbox.parse("x+y@old.example")).orElseThrow().toString());
        assertEquals(8, table.size());
        assertEquals(
                Set.of(Domain.parse("example.org"), Domain.parse("old.example"), Domain.parse("xn--bcher-kva.example")),
                table.domains());
    }

    @Test
    void linesMayEndAsTheyDoElsewhere() throws IOException {
        assertEquals("b@x.example c@x.example", members(read("a@x.example: b,\r\n c\r\n"), "a@x.example"));
        assertEquals(0, read("").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "sales: alice ~ 1: expected a full address before the colon, such as sales@example.org or"
                        + " @example.org, found \"sales\"",
                "#\\n\\nsales@x.example alice ~ 3: expected an address and a colon, such as sales@example.org: alice,"
                        + " found \"sales@x.example alice\"",
                "#\\n a@x.example ~ 2: expected an entry before a line that begins with a space",
                "a@x.example:\\n#\\nb@x.example: c ~ 1: expected an address or :discard: behind the colon",
                "a@x.example: b\\nc@x.example: , ~ 2: expected an address or :discard: behind the colon",
                "a@x.example: b\\n c d ~ 2: expected an address, found \"c d\" (Bad address syntax at character 2:"
                        + " expected the end of the text)",
                "a@x.example: b@-.example ~ 1: expected an address, found \"b@-.example\" (Bad address syntax at"
                        + " character 3: expected a domain or an address literal)",
                "@x_y: b@x.example ~ 1: expected a domain after the @, found \"@x_y\" (Bad address syntax at character"
                        + " 2: expected the end of the text)",
                "a@x.example: b\\nA@X.example: c ~ 2: expected each address once, found \"A@X.example\" again, which"
                        + " line 1 has",
                "a@x.example: |rm ~ 1: expected an address, found \"|rm\": programs and files are not used from here",
                "a@x.example: \"|rm -rf /\" ~ 1: expected an address, found \"\"|rm -rf /\"\": programs and files are"
                        + " not used from here",
                "a@x.example: /var/mail/a ~ 1: expected an address, found \"/var/mail/a\": programs and files are not"
                        + " used from here",
                "a@x.example: :include:/x ~ 1: expected an address, found \":include:/x\": programs and files are not"
                        + " used from here",
                "a@x.example: @y.example ~ 1: expected @domain alone, behind another @domain, found \"@y.example\"",
                "@x.example: b@x.example, @y.example ~ 1: expected @domain alone, behind another @domain, found"
                        + " \"@y.example\"",
                "@x.example: @y.example, b@x.example ~ 1: expected nothing beside the new name of a domain, found"
                        + " \"b@x.example\"",
                "@x.example: @x.example ~ 1: expected a domain that leads to its last name in 5 steps, found a circle"
                        + " or more",
            })
    void whatIsWrongIsToldWithItsLine(String text, String problem) {
        AliasFileException e = assertThrows(AliasFileException.class, () -> read(text.replace("\\n", "\n")));
        assertEquals(folder.resolve("aliases") + ":" + problem, e.getMessage());
        assertEquals(folder.resolve("aliases").toString(), e.file());
        assertEquals(Integer.parseInt(problem.substring(0, problem.indexOf(':'))), e.line());
    }

    @Test
    void otherOctetsThanUtf8AreRefused() throws IOException {
        Path file = Files.write(
                folder.resolve("aliases"), "a@x.example: b\nc@x.example: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        AliasFileException e = assertThrows(AliasFileException.class, () -> AliasTable.read(file));
        assertEquals(file + ":2: expected UTF-8, found other octets", e.getMessage());
        Files.write(file, new byte[] {'a', (byte) 0xC3});
        assertEquals(
                1,
                assertThrows(AliasFileException.class, () -> AliasTable.read(file))
                        .line());
    }

    @Test
    void anyTextIsATableOrTellsALine() throws IOException {
        String text = "a@x.example: b, \"c,\\\"\"@y\n\td\n@x.example: @y.example\n\u00e4@[IPv6:2001:db8::1]: :discard:";
        String odd = "\0\n\r \t:,@\"\\[]<>#|\u00e4\uFEFF";
        int tables = 0;
        int lines = 0;
        for (int at = 0; at < text.length(); at++) {
            for (int i = 0; i < odd.length(); i++) {
                try {
                    tables += read(text.substring(0, at) + odd.charAt(i) + text.substring(at + 1))
                                    .domains()
                                    .isEmpty()
                            ? 0
                            : 1;
                } catch (AliasFileException e) {
                    lines += e.line() > 0 ? 1 : 0;
                }
            }
        }
        assertEquals(text.length() * odd.length(), tables + lines);
        assertTrue(tables > 0);
    }

    @Test
    void sizesAreBounded() throws IOException {
        String members = "b,".repeat(AliasReader.MOST_MEMBERS);
        assertEquals(1, read("a@x.example: " + members).size());
        AliasFileException e = assertThrows(AliasFileException.class, () -> read("a@x.example: " + members + "\n c"));
        assertEquals(2, e.line());
        Path file = Files.write(folder.resolve("aliases"), new byte[11]);
        assertEquals(
                file + ": expected at most 10 octets, found more",
                assertThrows(AliasFileException.class, () -> TextFile.read(file, 10))
                        .getMessage());
    }
}
