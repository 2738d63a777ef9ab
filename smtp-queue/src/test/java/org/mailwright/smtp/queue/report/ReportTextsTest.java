package org.mailwright.smtp.queue.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.queue.report.Bench.Parsed;

class ReportTextsTest {

    private final Bench bench = new Bench();

    @TempDir
    private Path folder;

    private String error(byte[] passages) throws Exception {
        Path file = folder.resolve("mine.txt");
        Files.write(file, passages);
        Exception wrong = assertThrows(IllegalArgumentException.class, () -> ReportTexts.read(file));
        String message = String.valueOf(wrong.getMessage());
        assertTrue(message.startsWith(file.toString()), message);
        return message.substring(file.toString().length());
    }

    @Test
    void replacesWhatAFileHolds() throws Exception {
        bench.texts = Texts.of("""
            # Auf Deutsch
            [failed.subject]
            Ihre Nachricht »{subject}« konnte nicht zugestellt werden

            [failed.begin]

            Guten Tag {sender},

            # mittendrin
            {{dies}} hat nicht geklappt:

            [failed.recipient]
            * {recipient}
              {advice}
              {reason}
            [advice.unknown-user]
            [reason.unknown-user]
            Die Adresse {recipient} gibt es bei {host} nicht.
            [failed.end]
            Ende
            """);
        Parsed report = bench.parsed(Bench.MAIL, bench.failed("<user@example.org>", Bench.UNKNOWN));

        assertEquals(
                "Ihre Nachricht »Hello there« konnte nicht zugestellt werden",
                report.message().getSubject());
        assertTrue(report.source().contains("Subject: =?utf-8?B?"), "encoded in words");
        assertEquals("text/plain; charset=us-ascii", report.type(0));
        assertEquals("""
            Guten Tag sender@sender.example,

            {dies}} hat nicht geklappt:

            * user@example.org
              Die Adresse user@example.org gibt es bei mx.example.org nicht.

            Ende
            """, report.text(0));
    }

    @Test
    void writesWordsBeyondAsciiInUtf8() throws Exception {
        bench.texts = Texts.of("\uFEFF[failed.begin]\nGrüße\n");
        Parsed report = bench.parsed(Bench.MAIL, bench.failed("<user@example.org>", Bench.UNKNOWN));
        assertEquals("text/plain; charset=utf-8", report.type(0));
        assertEquals("8bit", report.part(0).getHeader("Content-Transfer-Encoding")[0]);
        assertEquals("8bit", report.field("Content-Transfer-Encoding"));
        assertTrue(report.part(0).getContent().toString().startsWith("Grüße\r\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Hello|:1: expected the name of a passage, such as [failed.begin], before any text",
                "#~~[failed.begin|:3: expected the name of a passage in brackets, such as [failed.begin]",
                "[failed.begn]|:1: expected the name of a passage, not [failed.begn]; there are failed.subject, ",
                "[more]~a~[more]|:3: expected each passage once, but [more] is there twice",
                "[more]~{recipient}|:2: expected {count} here, not {recipient}",
                "[no-subject]~{}|:2: expected no places here, not {}",
                "[failed.begin]~a {reply}|:2: expected {arrived}, {hostname}, {sender}, {subject} here, not {reply}",
                "[failed.recipient]~{until}|:2: expected {advice}, {arrived}, {host}, {hostname}, {reason}, ",
                "[failed.end]~a { b|:2: expected a place such as {recipient}, or {{ for a brace that is meant as one",
                "[failed.end]~a\tb|:2: expected text without tabs and control characters",
                "[failed.end]~x~[failed.subject]~~[more]|:3: expected one line of text for [failed.subject], not 0",
                "[failed.subject]~a~b|:1: expected one line of text for [failed.subject], not 2",
            })
    void saysWhereAFileIsWrong(String passages, String expected) throws Exception {
        String error = error(passages.replace('~', '\n').getBytes(StandardCharsets.UTF_8));
        assertTrue(error.startsWith(expected), error);
    }

    @Test
    void refusesWhatIsNoTextOrTooMuch() throws Exception {
        assertEquals(":2: expected text in UTF-8", error("[more]\n\u00FC".getBytes(StandardCharsets.ISO_8859_1)));
        byte[] octets = new byte[2010];
        Arrays.fill(octets, (byte) '#');
        assertEquals(":1: expected at most 2000 octets in a line", error(octets));
        assertEquals(": expected at most 262144 octets", error(new byte[300_000]));
        assertThrows(NoSuchFileException.class, () -> ReportTexts.read(folder.resolve("none")));
    }

    @Test
    void theUsualOnesAreAModelToCopy() throws Exception {
        Path copy = folder.resolve("copy.txt");
        try (InputStream in = ReportTexts.class.getResourceAsStream("texts.txt")) {
            Files.copy(in, copy);
        }
        Parsed usual = bench.parsed(Bench.MAIL, bench.failed("<user@example.org>", Bench.UNKNOWN));
        bench.texts = ReportTexts.read(copy);
        Parsed copied = bench.parsed(Bench.MAIL, bench.failed("<user@example.org>", Bench.UNKNOWN));
        assertEquals(usual.text(0), copied.text(0));
    }
}
