package org.mailwright.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mailwright.smtp.testkit.PeerAction.all;
import static org.mailwright.smtp.testkit.PeerAction.close;
import static org.mailwright.smtp.testkit.PeerAction.flood;
import static org.mailwright.smtp.testkit.PeerAction.raw;
import static org.mailwright.smtp.testkit.PeerAction.reset;
import static org.mailwright.smtp.testkit.PeerAction.say;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

/** What becomes of a mail when a server does something else than it should, with and without pipelining. */
@Timeout(60)
class MisbehavingServerTest {

    private static Arguments at(String moment, PeerAction action, String outcome) {
        return arguments(moment, action, outcome);
    }

    static Stream<Arguments> faults() {
        String lines = "250-2.0.0 first\r\n250 2.0.0 last";
        return Stream.of(
                at("(connect)", say("220-a\r\n220-b\r\n220 c"), "Accepted 250 CONTENT"),
                at("(connect)", say("554 5.3.2 no SMTP here"), "Refused 554 CONNECT"),
                at("(connect)", all(say("521 5.3.2 no mail here"), close()), "Refused 521 CONNECT"),
                at("(connect)", all(say("421 4.3.2 busy"), close()), "Refused 421 CONNECT"),
                at("(connect)", close(), "Failed 451 CONNECT"),
                at("(connect)", reset(), "Failed 451 CONNECT"),
                at("(connect)", say("SSH-2.0-OpenSSH_9.2"), "Failed 451 CONNECT"),
                at("(connect)", flood("x".repeat(65_536), 100), "Failed 451 CONNECT"),
                at("EHLO", say("500 5.5.1 what?"), "Accepted 250 CONTENT"),
                at("EHLO", say("451 4.3.0 later"), "Refused 451 HELLO"),
                at(
                        "EHLO",
                        say("250-x\r\n250-AUTH=LOGIN\r\n250-X-FOO a=b;c\r\n250-\r\n250 SIZE"),
                        "Accepted 250 CONTENT"),
                at("EHLO", flood("250-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 100_000), "Failed 451 HELLO"),
                at("MAIL", say("550 5.7.1 no"), "Refused 550 MAIL"),
                at("MAIL", say("451 4.3.0 later"), "Refused 451 MAIL"),
                at("MAIL", all(say("421 4.3.2 bye"), close()), "Refused 421 MAIL"),
                at("MAIL", say("250"), "Accepted 250 CONTENT"),
                at("MAIL", say("250 2.1.0 \u001b[31mred\u0007 a\rb"), "Accepted 250 CONTENT"),
                at("MAIL", raw("250 2.1.0 ok\n"), "Failed 451 MAIL"),
                at("MAIL", say("250 " + "x".repeat(20_000)), "Failed 451 MAIL"),
                at("MAIL", say("354 go"), "Failed 451 MAIL"),
                at("RCPT", say("550 5.1.1 unknown"), "Refused 550 RCPT"),
                at("RCPT", say("452 4.5.3 too many"), "Refused 452 RCPT"),
                at("RCPT", say("251 2.1.5 will forward"), "Accepted 250 CONTENT"),
                at("RCPT", say("259 whatever"), "Accepted 250 CONTENT"),
                at("RCPT", say("556 5.1.10 null MX"), "Refused 556 RCPT"),
                at("RCPT", say("250-ok\r\n550 no"), "Failed 451 RCPT"),
                at("DATA", say("550 5.7.1 no"), "Refused 550 DATA"),
                at("DATA", say("250 ok"), "Failed 451 DATA"),
                at("DATA", all(say("354 go"), close()), "Unknown 451 CONTENT"),
                at("(end)", say("550 5.7.1 spam"), "Refused 550 CONTENT"),
                at("(end)", say("550 2.0.0 accepted"), "Refused 550 CONTENT"),
                at("(end)", say("250 5.7.1 rejected"), "Accepted 250 CONTENT"),
                at("(end)", say(lines), "Accepted 250 CONTENT"),
                at("(end)", say("451 4.3.0 later"), "Refused 451 CONTENT"),
                at("(end)", all(say("421 4.3.2 bye"), close()), "Refused 421 CONTENT"),
                at("(end)", close(), "Unknown 451 CONTENT"),
                at("(end)", reset(), "Unknown 451 CONTENT"),
                at("(end)", say("354 more"), "Unknown 451 CONTENT"),
                at("(end)", all(say("250 2.0.0 taken"), close()), "Accepted 250 CONTENT"),
                at("QUIT", close(), "Accepted 250 CONTENT"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("faults")
    void givesTheRightOutcome(String moment, PeerAction action, String expected) throws Exception {
        for (String[] keywords : new String[][] {{}, {"PIPELINING"}}) {
            PeerScript script = PeerScript.offering(keywords).on(moment, action);
            try (ScriptedPeer peer = ScriptedPeer.start(script);
                    SmtpClient client = SmtpClient.builder("me.example.org").build()) {
                OutgoingMail mail = OutgoingMail.of(
                        ReversePath.parse("<a@example.net>"),
                        List.of(ForwardPath.parse("<b@example.org>")),
                        Body.of("x\r\n".getBytes(StandardCharsets.US_ASCII)));
                Outcome outcome = client.send(ServerAddress.of("127.0.0.1", peer.port()), mail)
                        .recipients()
                        .get(0)
                        .outcome();
                String kind = outcome.getClass().getSimpleName();
                assertEquals(
                        expected,
                        kind + " " + outcome.reply().code() + " " + outcome.moment(),
                        outcome + " with " + String.join(" ", keywords));
                assertEquals(1, peer.connections());
            }
        }
    }
}
