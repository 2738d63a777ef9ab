package org.mailwright.smtp.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mailwright.smtp.core.client.ClientFixture.PIPELINING;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.client.ClientFixture.Job;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.MemoryTransport;

class ClientSessionTest {

    @Test
    void speaksOneCommandAtATimeWithoutPipelining() {
        ClientFixture client = new ClientFixture(PIPELINING);
        client.transport.begin(client.session);
        assertEquals("", client.said());
        assertEquals("EHLO localhost\r\n", client.answer("220-mx.example.org\r\n220 hello"));
        client.reply("250 mx.example.org");
        assertEquals(List.of("ready []", "idle"), client.news);
        Job job = client.send("Subject: x\n\n.\nbye");
        assertEquals("MAIL FROM:<a@example.net>\r\n", client.said());
        assertEquals("RCPT TO:<b@example.org>\r\n", client.answer("250 2.1.0 ok"));
        assertEquals("DATA\r\n", client.answer("250 2.1.5 ok"));
        assertEquals("Subject: x\r\n\r\n..\r\nbye\r\n.\r\n", client.answer("354 go"));
        assertTrue(job.results.isEmpty());
        assertEquals("", client.answer("250 2.0.0 taken"));
        assertEquals(new Outcome.Accepted(Reply.of(250, "2.0.0", "taken")), job.outcome());
        client.session.quit();
        client.transport.run();
        assertEquals("QUIT\r\n", client.said());
        client.reply("221 2.0.0 bye");
        assertFalse(client.transport.isOpen());
        assertEquals(List.of("ready []", "idle", "idle", "closed true"), client.news);
    }

    @Test
    void saysTheEnvelopeInOneWriteWherePipeliningIsOffered() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("pipelining");
        Job first = client.send("one\r\n", "b@example.org", "c@example.org");
        assertEquals(1, client.transport.writes());
        String envelope = "MAIL FROM:<a@example.net>\r\nRCPT TO:<b@example.org>\r\nRCPT TO:<c@example.org>\r\nDATA\r\n";
        assertEquals(envelope, client.said());
        Job second = client.send("two", "b@example.org", "c@example.org");
        assertEquals("", client.said());
        client.reply("250 a\r\n250 b\r\n550 5.1.1 who?\r\n354 go");
        assertEquals(1, client.transport.writes(), "content and next envelope");
        assertEquals("one\r\n.\r\n" + envelope, client.said());
        client.reply("250 taken\r\n250 a\r\n250 b\r\n250 c\r\n354 go");
        assertEquals("two\r\n.\r\n", client.said());
        assertEquals(new Outcome.Accepted(Reply.of(250, "taken")), first.outcome(0));
        assertEquals(new Outcome.Refused(Reply.of(550, "5.1.1", "who?"), Moment.RCPT), first.outcome(1));
        client.reply("451 4.3.0 later");
        assertEquals(new Outcome.Refused(Reply.of(451, "4.3.0", "later"), Moment.CONTENT), second.outcome());
    }

    @Test
    void doesNotGroupWhereTheConfigurationForbids() {
        ClientFixture client = new ClientFixture(
                        ClientConfig.DEFAULTS.withPipelining(false), MemoryTransport.Options.DEFAULTS, PIPELINING)
                .ready("PIPELINING");
        client.send("x");
        assertEquals("MAIL FROM:<a@example.net>\r\n", client.said());
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 what?", "502 5.5.1 no", "550 no"})
    void fallsBackToHelo(String refusal) {
        ClientFixture client = new ClientFixture(PIPELINING);
        client.transport.begin(client.session);
        client.answer("220 old");
        assertEquals("HELO localhost\r\n", client.answer(refusal));
        client.reply("250-PIPELINING\r\n250 PIPELINING");
        assertEquals(List.of("ready []", "idle"), client.news);
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 5.3.2 no SMTP here", "521 no", "421 4.3.2 busy", "450 x"})
    void givesUpAfterARefusingGreeting(String greeting) {
        ClientFixture client = new ClientFixture();
        Job job = client.send("x");
        client.transport.begin(client.session);
        client.reply(greeting);
        boolean busy = greeting.startsWith("421");
        assertEquals(busy ? "" : "QUIT\r\n", client.said());
        client.transport.endInput();
        assertFalse(client.transport.isOpen());
        assertEquals(List.of("closed false"), client.news);
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, client.ending);
        assertEquals(Integer.parseInt(greeting.substring(0, 3)), refused.reply().code());
        assertEquals(Moment.CONNECT, refused.moment());
        assertTrue(job.results.isEmpty(), "it was never taken");
    }

    @Test
    void sendsALoneDotWhenDataIsAcceptedForNobody() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        Job job = client.send("secret");
        client.said();
        assertEquals(".\r\n", client.answer("250 a\r\n550 5.1.1 no\r\n354 go"));
        assertTrue(job.results.isEmpty());
        client.reply("250 2.0.0 taken");
        assertEquals(new Outcome.Refused(Reply.of(550, "5.1.1", "no"), Moment.RCPT), job.outcome());
    }

    @Test
    void resetsAfterARefusalAndGoesOn() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        Job first = client.send("one");
        client.said();
        Job second = client.send("two");
        assertEquals(
                "RSET\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n",
                client.answer("250 a\r\n550 5.1.1 no\r\n503 5.5.1 no recipients"));
        assertEquals(Moment.RCPT, first.outcome().moment());
        client.reply("250 reset\r\n250 a\r\n250 b\r\n354 go");
        assertEquals("two\r\n.\r\n", client.said());
        client.reply("250 ok");
        assertTrue(second.outcome().isAccepted());
    }

    @Test
    void sendsNothingMoreAfterARefusedMailWithoutPipelining() {
        ClientFixture client = new ClientFixture().ready();
        Job first = client.send("one");
        client.said();
        assertEquals("", client.answer("451 4.3.0 later"));
        assertEquals(new Outcome.Refused(Reply.of(451, "4.3.0", "later"), Moment.MAIL), first.outcome());
        Job second = client.send("two");
        client.said();
        client.answer("250 a");
        assertEquals("RSET\r\n", client.answer("452 4.5.3 too many"));
        assertEquals(Moment.RCPT, second.outcome().moment());
        client.reply("250 reset");
        assertTrue(client.transport.isOpen());
    }

    @Test
    void takesOneReplyPerRecipientWhereAnExtensionSaysSo() {
        Extension each = new Extension() {
            @Override
            public String id() {
                return "X-EACH";
            }

            @Override
            public void client(ClientSide side) {
                side.contentAnswer("X-EACH", (mail, reply) -> reply.code() == 399);
            }
        };
        ClientFixture client = new ClientFixture(PIPELINING, each).ready("pipelining", "X-EACH");
        Job first = client.send("one\r\n", "b@example.org", "c@example.org");
        Job second = client.send("two", "b@example.org");
        client.reply("250 a\r\n250 b\r\n250 c\r\n354 go");
        // the envelope of the second mail is out, and answered behind what is said of the first
        client.reply("399 each\r\n250 b\r\n552 c\r\n250 all\r\n250 a\r\n250 b\r\n354 go");
        assertEquals(new Outcome.Accepted(Reply.of(250, "b")), first.outcome(0));
        assertEquals(new Outcome.Refused(Reply.of(552, "c"), Moment.CONTENT), first.outcome(1));
        client.reply("399 each\r\n250 b\r\n451 broken");
        assertEquals(new Outcome.Refused(Reply.of(451, "broken"), Moment.CONTENT), second.outcome());
        ClientFixture other = new ClientFixture(PIPELINING, each).ready("pipelining");
        Job third = other.send("one\r\n", "b@example.org");
        other.reply("250 a\r\n250 b\r\n354 go");
        other.reply("399 each\r\n250 b\r\n250 all");
        assertFalse(third.outcome().isAccepted(), "nobody offered it");
    }

    @Test
    void takesOneReplyPerRecipientInLmtp() {
        ClientFixture client =
                new ClientFixture(ClientConfig.DEFAULTS.withLmtp(true), MemoryTransport.Options.DEFAULTS, PIPELINING);
        client.transport.begin(client.session);
        assertEquals("LHLO localhost\r\n", client.answer("220 lmtp"));
        client.reply("250-lmtp\r\n250 PIPELINING");
        Job job = client.send("x", "a@example.org", "b@example.org", "c@example.org");
        client.said();
        client.reply("250 f\r\n250 a\r\n550 b\r\n250 c\r\n354 go");
        client.reply("250 2.0.0 a stored");
        assertTrue(job.results.isEmpty());
        client.reply("452 4.2.2 c full");
        assertTrue(job.outcome(0).isAccepted());
        assertEquals(Moment.RCPT, job.outcome(1).moment());
        assertEquals(new Outcome.Refused(Reply.of(452, "4.2.2", "c full"), Moment.CONTENT), job.outcome(2));
    }

    @Test
    void givesTheSameResultHoweverRepliesAreSplit() {
        String script = "250-mx\r\n250 PIPELINING\r\n";
        for (int step = 1; step < 8; step++) {
            ClientFixture client = new ClientFixture(PIPELINING);
            client.transport.begin(client.session);
            feed(client, "220 mx\r\n", step);
            feed(client, script, step);
            Job job = client.send("x\r\n");
            feed(client, "250 a\r\n250 b\r\n354 go\r\n", step);
            feed(client, "250 done\r\n", step);
            assertTrue(job.outcome().isAccepted());
            assertEquals(
                    "EHLO localhost\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<b@example.org>\r\nDATA\r\nx\r\n.\r\n",
                    client.said());
        }
    }

    private static void feed(ClientFixture client, String text, int step) {
        for (int at = 0; at < text.length(); at += step) {
            client.transport.feed(text.substring(at, Math.min(at + step, text.length())));
        }
    }

    @Test
    void saysQuitAfterTheAnswersThatAreStillToCome() {
        ClientFixture client = new ClientFixture().ready();
        ClientFixture.Job job = client.send("x\r\n");
        assertEquals("MAIL FROM:<a@example.net>\r\n", client.said());
        assertEquals("RCPT TO:<b@example.org>\r\n", client.answer("250 ok"));
        assertEquals("RSET\r\n", client.answer("550 5.1.1 no"));
        assertEquals(1, job.results.size());
        client.session.quit();
        client.transport.run();
        assertEquals("QUIT\r\n", client.answer("250 ok"));
        assertTrue(client.transport.isOpen());
        client.reply("221 bye");
        assertFalse(client.transport.isOpen());
        assertEquals("closed true", client.news.getLast());
    }
}
