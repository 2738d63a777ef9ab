package org.mailwright.smtp.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mailwright.smtp.core.client.ClientFixture.PIPELINING;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.client.ClientFixture.Job;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;

class ClientFaultsTest {

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2", "354 go", "250-a\r\n550 b"})
    void endsTheConnectionWhenTheGreetingMakesNoSense(String greeting) {
        ClientFixture client = new ClientFixture();
        client.transport.begin(client.session);
        assertEquals("", client.answer(greeting));
        assertFalse(client.transport.isOpen());
        assertInstanceOf(Outcome.Failed.class, client.ending);
    }

    @Test
    void isNotFooledByDataAnsweredWith250() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        Job job = client.send("x");
        client.said();
        assertEquals("", client.answer("250 a\r\n250 b\r\n250 extra\r\n354 go"));
        assertInstanceOf(Outcome.Failed.class, job.outcome());
        assertEquals(Moment.DATA, job.outcome().moment());
        assertFalse(client.transport.isOpen());
    }

    @Test
    void isNotFooledByARepeatedReply() {
        ClientFixture client = new ClientFixture().ready();
        Job job = client.send("x");
        client.reply("250 ok\r\n250 extra");
        assertInstanceOf(Outcome.Failed.class, job.outcome());
        assertFalse(client.transport.isOpen());
    }

    @Test
    void doesNotKnowWhatBecameOfAMailWhoseAnswerIsLost() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        Job first = client.send("one");
        Job second = client.send("two");
        client.reply("250 a\r\n250 b\r\n354 go");
        client.transport.disconnect("reset");
        assertInstanceOf(Outcome.Unknown.class, first.outcome());
        assertInstanceOf(Outcome.Failed.class, second.outcome(), "nothing of it was taken");
        assertTrue(first.outcome().reply().isTransient());
        assertEquals(
                "451 4.4.2 The connection was lost: reset",
                first.outcome().reply().toString());
    }

    @Test
    void doesNotKnowWhatBecameOfAMailWhoseAnswerDoesNotCome() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        Job job = client.send("one");
        client.reply("250 a\r\n250 b\r\n354 go");
        client.transport.advance(Duration.ofMinutes(9));
        assertTrue(job.results.isEmpty());
        client.transport.advance(Duration.ofMinutes(2));
        assertInstanceOf(Outcome.Unknown.class, job.outcome());
        assertFalse(client.transport.isOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "0, CONNECT, Failed",
        "1, HELLO, Failed",
        "3, MAIL, Failed",
        "4, RCPT, Failed",
        "5, DATA, Failed",
        "6, CONTENT, Unknown"
    })
    void saysHowFarItCame(int steps, Moment moment, String kind) {
        String[] replies = {"220 mx", "250 mx", "", "250 a", "250 b", "354 go"};
        ClientFixture client = new ClientFixture();
        client.transport.begin(client.session);
        for (int i = 0; i < steps; i++) {
            if (replies[i].isEmpty()) {
                client.send("x");
            } else {
                client.reply(replies[i]);
            }
        }
        client.transport.endInput();
        Outcome outcome =
                client.jobs.isEmpty() ? client.ending : client.jobs.get(0).outcome();
        assertEquals(moment, outcome.moment());
        assertEquals(kind, outcome.getClass().getSimpleName());
        assertFalse(client.transport.isOpen());
    }

    @Test
    void takes421AsTheAnswerToEverythingUnderWay() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        Job first = client.send("one");
        Job second = client.send("two");
        client.reply("250 a\r\n250 b\r\n354 go");
        client.reply("421 4.3.2 bye");
        assertInstanceOf(Outcome.Refused.class, first.outcome());
        assertEquals(Moment.CONTENT, first.outcome().moment());
        assertEquals(Moment.MAIL, second.outcome().moment());
        assertFalse(client.transport.isOpen());
    }

    @Test
    void takes421WhileIdle() {
        ClientFixture client = new ClientFixture().ready();
        client.said();
        assertEquals("", client.answer("421 4.4.2 idle"));
        assertFalse(client.transport.isOpen());
        assertEquals(421, client.ending.reply().code());
    }

    @Test
    void countsTimeFromTheLastReplyAndNotFromTheLastOctet() {
        ClientFixture client = new ClientFixture();
        client.transport.begin(client.session);
        for (int i = 0; i < 4; i++) {
            client.transport.advance(Duration.ofMinutes(1));
            client.transport.feed("2");
            client.transport.advance(Duration.ofSeconds(10));
        }
        assertTrue(client.transport.isOpen());
        client.transport.advance(Duration.ofMinutes(1));
        assertFalse(client.transport.isOpen());
        assertEquals(
                "451 4.4.2 The server did not answer in time",
                client.ending.reply().toString());
    }

    @Test
    void survivesEndlessReplies() {
        ClientFixture client = new ClientFixture();
        client.transport.begin(client.session);
        client.answer("220 mx");
        for (int i = 0; i < 1000 && client.transport.isOpen(); i++) {
            client.reply("250-aaaaaaaaaaaaaaaaaaaa");
        }
        assertFalse(client.transport.isOpen());
        assertTrue(client.ending.reply().text().contains("more than 512 lines"));
    }

    @Test
    void endsWhenTheServerDoesNotAnswerQuit() {
        ClientFixture client = new ClientFixture().ready();
        client.said();
        client.session.quit();
        client.transport.run();
        assertEquals("QUIT\r\n", client.said());
        client.transport.advance(Duration.ofSeconds(6));
        assertFalse(client.transport.isOpen());
    }

    @Test
    void doesNotSendACancelledMail() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        Job job = client.send("x");
        client.said();
        job.cancelled = true;
        assertEquals("", client.answer("250 a\r\n250 b\r\n354 go"));
        assertInstanceOf(Outcome.Failed.class, job.outcome());
        assertFalse(client.transport.isOpen());
    }
}
