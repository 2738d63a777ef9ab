package org.mailwright.smtp.ext.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerAction;
import org.mailwright.smtp.testkit.PeerScript;

@Timeout(60)
class PrdrClientTest {

    private static final String ASKED = "MAIL FROM:<a@client.example> PRDR";

    private static OutgoingMail mail(String... to) {
        return Sending.mail(Sending.body("x\r\n"), "<a@client.example>", to);
    }

    private static Sending sent(PeerScript script, Extension... extensions) throws IOException, InterruptedException {
        return Sending.to(script, mail("<b@example.test>", "<c@example.test>", "<d@example.test>"), extensions);
    }

    private static PeerScript answering(String... replies) {
        return PeerScript.offering("PRDR", "PIPELINING", "CHUNKING")
                .on(PeerScript.END, PeerAction.raw(String.join("\r\n", replies) + "\r\n"));
    }

    private static final String[] MIXED = {
        "353 each follows", "250 2.0.0 yes", "552 5.2.2 full", "452 4.2.2 later", "250 2.0.0 done"
    };

    @Test
    void takesAReplyForEachRecipient() throws Exception {
        Sending sending = sent(answering(MIXED), new PrdrExtension());
        assertEquals(List.of("250 2.0.0 yes", "552 5.2.2 full", "452 4.2.2 later"), sending.outcomes());
        assertEquals(List.of(ASKED), sending.mail());
    }

    @Test
    void soItDoesBehindChunks() throws Exception {
        Sending sending =
                sent(answering(MIXED), new PrdrExtension(), new ChunkingExtension(new ChunkingConfig(0, 1024)));
        assertEquals(List.of("250 2.0.0 yes", "552 5.2.2 full", "452 4.2.2 later"), sending.outcomes());
        assertEquals(1, sending.said("BDAT"));
    }

    @Test
    void countsThoseOnlyWhoWereAccepted() throws Exception {
        PeerScript script = answering("353 each follows", "250 2.0.0 yes", "552 5.2.2 full", "250 2.0.0 done")
                .on("RCPT#2", "550 5.1.1 unknown");
        assertEquals(
                List.of("250 2.0.0 yes", "550 5.1.1 unknown", "552 5.2.2 full"),
                sent(script, new PrdrExtension()).outcomes());
    }

    @Test
    void theLastReplyRefusesForAll() throws Exception {
        PeerScript script = answering(
                "353 each follows", "250 2.0.0 yes", "552 5.2.2 full", "250 2.0.0 yes", "451 4.3.0 disk broke");
        assertEquals(
                List.of("451 4.3.0 disk broke", "552 5.2.2 full", "451 4.3.0 disk broke"),
                sent(script, new PrdrExtension()).outcomes());
    }

    @Test
    void oneReplyIsForAll() throws Exception {
        assertEquals(
                List.of("250 2.0.0 all", "250 2.0.0 all", "250 2.0.0 all"),
                sent(answering("250 2.0.0 all"), new PrdrExtension()).outcomes());
        assertEquals(
                List.of("554 5.6.0 no", "554 5.6.0 no", "554 5.6.0 no"),
                sent(answering("554 5.6.0 no"), new PrdrExtension()).outcomes());
    }

    @Test
    void whoIsCutOffKnowsNothing() throws Exception {
        PeerScript script = PeerScript.offering("PRDR")
                .on(
                        PeerScript.END,
                        PeerAction.all(PeerAction.raw("353 each follows\r\n250 2.0.0 yes\r\n"), PeerAction.close()));
        List<String> outcomes = sent(script, new PrdrExtension()).outcomes();
        assertEquals(3, outcomes.stream().filter(one -> one.startsWith("4")).count(), outcomes.toString());
    }

    @Test
    void nobodyAsksWhereItIsNotOfferedOrOfNoUse() throws Exception {
        Sending away = sent(PeerScript.offering("DSN"), new PrdrExtension());
        assertEquals(List.of("MAIL FROM:<a@client.example>"), away.mail());
        Sending alone = Sending.to(PeerScript.offering("PRDR"), mail("<b@example.test>"), new PrdrExtension());
        assertEquals(List.of("MAIL FROM:<a@client.example>"), alone.mail());
    }

    @Test
    void whatNobodyAskedForIsOutOfTurn() throws Exception {
        List<String> outcomes = sent(answering(MIXED)).outcomes();
        assertEquals(3, outcomes.stream().filter(one -> one.startsWith("4")).count(), outcomes.toString());
        List<String> twice = sent(
                        answering("353 each follows", "353 again", "250 2.0.0 yes", "250 2.0.0 yes", "250 2.0.0 done"),
                        new PrdrExtension())
                .outcomes();
        assertEquals(3, twice.stream().filter(one -> one.startsWith("4")).count(), twice.toString());
    }
}
