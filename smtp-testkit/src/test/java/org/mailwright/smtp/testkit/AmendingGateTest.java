package org.mailwright.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.reply.Reply;

/** A gate that lets pass, but not as it was asked. */
@ExtendWith(SilentLog.class)
class AmendingGateTest {

    private static final AttributeKey<String> SEEN = AttributeKey.of("seen", Scope.TRANSACTION);
    private static final AttributeKey<String> MOVED = AttributeKey.of("moved", Scope.RECIPIENT);

    private static final class Amending implements Extension {
        @Override
        public String id() {
            return "X-AMEND";
        }

        @Override
        public void server(ServerSide side) {
            side.gate(
                    Stage.MAIL,
                    1,
                    (session, request) -> Verdict.amend(request.attributes().with(SEEN, "first")));
            side.gate(
                    Stage.MAIL,
                    2,
                    (session, request) -> Verdict.amend(
                            request.attributes()
                                    .with(SEEN, request.attributes().get(SEEN).orElse("") + " second"),
                            Reply.of(250, "2.1.0", "Seen twice")));
            side.gate(Stage.MAIL, 3, (session, request) -> Verdict.amend(request.attributes()));
            side.gate(
                    Stage.RCPT,
                    1,
                    (session, recipient) -> Verdict.amend(
                            recipient.attributes().with(MOVED, "yes"), Reply.of(251, "2.1.5", "Will forward")));
            side.gate(
                    Stage.HELLO,
                    1,
                    (session, hello) ->
                            hello.name().equals("amend.example") ? Verdict.amend(Attributes.EMPTY) : Verdict.pass());
        }
    }

    @Test
    void changesAttributesAndReply() throws IOException {
        String dialogue = """
            S: 220 *
            C: EHLO client.example
            S*: 250 PIPELINING
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Seen twice
            C: RCPT TO:<b@example.test>
            S: 251 2.1.5 Will forward
            C: DATA
            S: 354 *
            R: x\\r\\n.\\r\\n
            S: 250 *
            DROP
            """;
        for (Way way : Way.values()) {
            List<RecordedMail> mails =
                    new TranscriptRun(Transcript.parse("amend", dialogue), way).play(TestService.mx(new Amending()));
            assertEquals(
                    Optional.of("first second"),
                    mails.getFirst().envelope().attributes().get(SEEN));
            assertEquals(
                    Optional.of("yes"),
                    mails.getFirst()
                            .envelope()
                            .recipients()
                            .getFirst()
                            .attributes()
                            .get(MOVED));
        }
    }

    @Test
    void cannotChangeWhatHasNoAttributes() throws IOException {
        String dialogue = "S: 220 *\nC: EHLO amend.example\nS: 451 4.3.0 *\nDROP";
        assertEquals(
                List.of(),
                new TranscriptRun(Transcript.parse("hello", dialogue), Way.MEMORY)
                        .play(TestService.mx(new Amending())));
        assertThrows(
                IllegalArgumentException.class, () -> Verdict.amend(Attributes.EMPTY, Reply.of(550, "5.0.0", "No")));
    }
}
