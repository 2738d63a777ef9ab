package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.session.Limits;

/** A gate that has read the header before anybody else sees the mail. */
class HeaderGateTest {

    private static final Limits SMALL = new Limits(2048, 100, 20, 200, 1024, 4096, false);
    private static final AttributeKey<String> COLOURS = AttributeKey.of("colours", Scope.TRANSACTION);

    private static final class Colours implements Extension {
        @Override
        public String id() {
            return "X-COLOUR";
        }

        @Override
        public void server(ServerSide side) {
            side.gate(Stage.HEADER, 1, (Gate<Stage.Heading> & NonBlocking) Colours::judge)
                    .gate(Stage.BODY, 1, (Gate<Envelope> & NonBlocking) (session, envelope) ->
                            session.get(COLOURS).equals(envelope.attributes().get(COLOURS))
                                    ? Verdict.pass()
                                    : Verdict.refuse(451, "4.3.0", "The session has another colour"))
                    .content(1, (ContentStage.Factory & NonBlocking) (envelope, session) -> (octets, next) -> {
                        if (envelope.attributes().get(COLOURS).equals(Optional.of("[white]"))) {
                            throw new SmtpException(Reply.of(554, "5.6.0", "The stage sees white"));
                        }
                        next.write(octets);
                    });
        }

        private static Verdict judge(SessionView session, Stage.Heading heading) {
            List<String> colours = heading.header().bodies("Colour");
            if (colours.contains("red")) {
                return Verdict.refuse(550, "5.7.1", "No red mail");
            }
            String seen = colours + (heading.header().whole() ? "" : " and more");
            return Verdict.amend(heading.envelope().attributes().with(COLOURS, seen));
        }
    }

    @ParameterizedTest
    @EnumSource
    void amendsTheEnvelopeByTheHeader(Way way) throws IOException {
        String dialogue = """
                S: 220 *
                C: EHLO client.example
                S*: 250 PIPELINING
                """
                + mail("Subject: x\\r\\ncolour: blue\\r\\n\\tand green\\r\\n\\r\\nColour: pink\\r\\n", "250 2.*")
                + mail("Colour: red\\r\\n\\r\\n", "550 5.7.1 No red mail")
                + mail("Colour: white\\r\\n\\r\\nx\\r\\n", "554 5.6.0 The stage sees white")
                + mail("Colour: grey\\r\\n", "250 2.*")
                + mail("", "250 2.*")
                + mail("\\r\\nColour: red\\r\\n", "250 2.*")
                + "C: MAIL FROM:<a@client.example>\n"
                + "C: RCPT TO:<b@example.test>\n"
                + "C: DATA\n"
                + "S: 250 *\n"
                + "S: 250 *\n"
                + "S: 354 *\n"
                + "R: Colour: blue\\r"
                + "\\n"
                + "X:\n"
                + "R*5000: x\n"
                + "R: \\r"
                + "\\n"
                + "Colour: red\\r"
                + "\\n"
                + "\\r"
                + "\\n"
                + ".\\r"
                + "\\n\n"
                + "S: 250 *\n"
                + "DROP\n";
        for (Supplier<RecordingSink> sink :
                List.<Supplier<RecordingSink>>of(RecordingSink::blocking, RecordingSink::nonBlocking)) {
            List<RecordedMail> mails = new TranscriptRun(Transcript.parse("colours", dialogue), way)
                    .play(TestService.mx(new Colours()).with(SMALL), sink);
            assertEquals(
                    List.of("[blue\tand green]", "[grey]", "[]", "[]", "[blue] and more"),
                    mails.stream()
                            .map(mail ->
                                    mail.envelope().attributes().get(COLOURS).orElse("none"))
                            .toList());
            assertEquals(
                    "Subject: x\r\ncolour: blue\r\n\tand green\r\n\r\nColour: pink\r\n",
                    mails.get(0).text());
            assertEquals("Colour: grey\r\n", mails.get(1).text());
            assertEquals("", mails.get(2).text());
            assertEquals(
                    "Colour: blue\r\nX:".length() + 5000 + "\r\nColour: red\r\n\r\n".length(),
                    mails.get(4).octets().length);
        }
    }

    private static String mail(String content, String reply) {
        return "C: MAIL FROM:<a@client.example>\n"
                + "C: RCPT TO:<b@example.test>\n"
                + "C: DATA\n"
                + "S: 250 *\n"
                + "S: 250 *\n"
                + "S: 354 *\n"
                + "R: "
                + content + ".\\r\\n\nS: " + reply + "\n";
    }
}
