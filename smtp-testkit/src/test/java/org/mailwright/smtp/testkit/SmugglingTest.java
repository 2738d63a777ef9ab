package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailwright.smtp.core.session.Limits;

/** Only CRLF.CRLF ends a mail (RFC 5321 §4.1.1.4): nothing that looks like it to somebody else does. */
class SmugglingTest {

    private static final List<String> LINE_ENDS = List.of(
            "\n",
            "\r",
            "\r\n",
            "\r\r\n",
            "\n\r",
            "\n\n",
            "\r\0\n",
            "\0\r\n",
            "\u000b",
            "\f",
            "\u0085",
            "\u00e2\u0080\u00a8");
    private static final List<String> MORE = List.of(
            "\r\n. \r\n",
            "\r\n..\r\n",
            "\r\n\0.\r\n",
            "\r\n.\0\r\n",
            "\r\n.x\b\r\n",
            "\r\n\u00ef\u00bb\u00bf.\r\n",
            "\r\n\u00ef\u00bc\u008e\r\n",
            "\r\n\u001a\r\n",
            "\r\n\r.\r\n",
            "\r\n .\r\n");
    private static final Limits REPAIRING = new Limits(2048, 1000, 20, 200, 64 * 1024, 64 * 1024, true);
    private static final String SECOND_MAIL = String.join(
            "\r\n",
            "MAIL FROM:<smuggled@client.example>",
            "RCPT TO:<b@example.test>",
            "DATA",
            "X-Smuggled: yes",
            "",
            "body",
            ".",
            "");

    static Stream<String> variants() {
        Stream<String> pairs = LINE_ENDS.stream()
                .flatMap(before -> LINE_ENDS.stream().map(after -> before + "." + after))
                .filter(variant -> !variant.contains("\r\n.\r\n"));
        return Stream.concat(pairs, MORE.stream());
    }

    private static boolean bare(String variant) {
        return !variant.replace("\r\n", "").matches("[^\r\n]*");
    }

    private static List<String> replies(Memory client, String octets, boolean alone) {
        if (!alone) {
            return client.say(octets);
        }
        for (int i = 0; i < octets.length(); i++) {
            client.transport.feed(octets.substring(i, i + 1));
        }
        return client.codes();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void endsNoMail(String variant) {
        for (Limits limits : List.of(Limits.DEFAULT, REPAIRING)) {
            for (RecordingSink sink : List.of(RecordingSink.blocking(), RecordingSink.nonBlocking())) {
                for (boolean alone : new boolean[] {false, true}) {
                    Memory client = new Memory(TestService.mx().with(limits), sink);
                    assertEquals(Memory.GO_AHEAD, client.say(Memory.UP_TO_DATA));
                    assertEquals(List.of(), replies(client, "Subject: x\r\n\r\nbody" + variant, alone));
                    boolean refused = bare(variant) && !limits.repairLineEnds();
                    assertEquals(
                            List.of(refused ? "550" : "250"),
                            replies(client, SECOND_MAIL, alone),
                            () -> "in " + limits);
                    assertEquals(List.of("250"), client.say("NOOP\r\n"));
                }
                for (RecordedMail mail : sink.mails()) {
                    assertEquals(
                            "<a@client.example>", mail.envelope().reversePath().path());
                    assertTrue(mail.text().replace("\r\n", "").matches("(?s)[^\r\n]*"), mail::text);
                }
            }
        }
    }
}
