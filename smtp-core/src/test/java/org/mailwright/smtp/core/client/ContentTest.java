package org.mailwright.smtp.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mailwright.smtp.core.client.ClientFixture.PIPELINING;
import static org.mailwright.smtp.core.client.ClientFixture.mail;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.client.ClientFixture.Job;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyWriter.Framing;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.MemoryTransport;

class ContentTest {

    private static final AttributeKey<Long> SIZE = AttributeKey.of("size", Scope.TRANSACTION);
    private static final AttributeKey<String> NOTE = AttributeKey.of("note", Scope.RECIPIENT);

    private static <T> Parameter<T> parameter(String keyword, AttributeKey<T> key) {
        return new Parameter<>(keyword, key, new Parameter.Syntax<>() {
            @Override
            public T parse(Optional<String> value) {
                throw new AssertionError("a client does not parse " + value);
            }

            @Override
            public Optional<String> render(T value) {
                return Optional.of(value.toString());
            }
        });
    }

    /** Sends the size, and knows a way to send chunks. */
    private record Sizes(WhenMissing policy) implements Extension {
        @Override
        public String id() {
            return "SIZES";
        }

        @Override
        public void client(ClientSide side) {
            side.mailParameter("SIZE", parameter("SIZE", SIZE), policy)
                    .rcptParameter("X-NOTE", parameter("XNOTE", NOTE), policy)
                    .preparer(
                            0,
                            (mail, peer) -> mail.withAttributes(mail.attributes()
                                    .with(SIZE, mail.body().size().orElse(0))))
                    .bodyWriter(
                            "CHUNKING",
                            10,
                            (mail, peer) -> Optional.of(new Framing.Chunked(
                                    1024, true, (octets, last) -> Command.of("BDAT", octets + (last ? " LAST" : "")))));
        }
    }

    private static final String ENVELOPE = "MAIL FROM:<a@example.net>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n";

    private static String wire(ClientFixture client) {
        client.said();
        client.reply("250 a\r\n250 b\r\n354 go");
        return client.said();
    }

    @Test
    void streamsAFileInPieces(@TempDir Path folder) throws IOException {
        String line = "x".repeat(70) + "\n.";
        Path file = Files.writeString(folder.resolve("mail"), line.repeat(4000));
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        Job job = client.send(mail(Body.of(file)));
        assertEquals(("x".repeat(70) + "\r\n..").repeat(4000) + "\r\n.\r\n", wire(client));
        client.reply("250 ok");
        assertTrue(job.outcome().isAccepted());
    }

    @Test
    void writesNoMoreThanThePeerTakes() {
        byte[] octets = ("x".repeat(998) + "\r\n").repeat(1000).getBytes(StandardCharsets.US_ASCII);
        for (Body body :
                new Body[] {Body.of(octets), Body.of(OptionalLong.empty(), () -> new ByteArrayInputStream(octets))}) {
            ClientFixture client = new ClientFixture(
                            ClientConfig.DEFAULTS, MemoryTransport.Options.DEFAULTS.withWriteLimit(100_000), PIPELINING)
                    .ready("PIPELINING");
            Job job = client.send(mail(body));
            client.said();
            client.reply("250 a\r\n250 b\r\n354 go");
            long total = 0;
            for (int i = 0; i < 100 && total < octets.length + 3; i++) {
                byte[] some = client.transport.takeOctets();
                assertTrue(some.length <= 165_000, some.length + " octets at once");
                total += some.length;
            }
            assertEquals(octets.length + 3, total);
            client.reply("250 ok");
            assertTrue(job.outcome().isAccepted());
        }
    }

    @Test
    void givesThePeerThreeMinutesForEachPiece() {
        ClientFixture client = new ClientFixture(
                        ClientConfig.DEFAULTS, MemoryTransport.Options.DEFAULTS.withWriteLimit(1000), PIPELINING)
                .ready("PIPELINING");
        Job job = client.send(mail(Body.of(new byte[1_000_000])));
        client.said();
        client.reply("250 a\r\n250 b\r\n354 go");
        client.transport.advance(Duration.ofSeconds(170));
        client.said();
        client.transport.advance(Duration.ofSeconds(170));
        assertTrue(client.transport.isOpen());
        client.transport.advance(Duration.ofSeconds(20));
        assertFalse(client.transport.isOpen());
        assertInstanceOf(Outcome.Failed.class, job.outcome(), "the end of the content was not sent");
    }

    @Test
    void takesARefusalInTheMiddleOfTheContent() {
        ClientFixture client = new ClientFixture(
                        ClientConfig.DEFAULTS, MemoryTransport.Options.DEFAULTS.withWriteLimit(1000), PIPELINING)
                .ready("PIPELINING");
        Job job = client.send(mail(Body.of(new byte[1_000_000])));
        client.said();
        client.reply("250 a\r\n250 b\r\n354 go");
        client.reply("552 5.3.4 too big");
        assertEquals(552, job.outcome().reply().code());
        assertEquals(Moment.CONTENT, job.outcome().moment());
        assertFalse(client.transport.isOpen());
    }

    @Test
    void doesNotEndAMailWhoseContentCannotBeRead() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        boolean[] closed = new boolean[1];
        Job job = client.send(mail(Body.of(OptionalLong.empty(), () -> new Broken(closed, new IOException("disk")))));
        client.said();
        client.reply("250 a\r\n250 b\r\n354 go");
        assertFalse(client.said().contains("\r\n.\r\n"));
        assertFalse(client.transport.isOpen());
        assertEquals(
                "451 4.3.0 The content cannot be read", job.outcome().reply().toString());
    }

    @Test
    void closesABodyThatOpensAfterTheConnectionEnded() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        boolean[] closed = new boolean[1];
        Job job = client.send(mail(Body.of(OptionalLong.empty(), () -> {
            client.session.closed("gone");
            return new Broken(closed, new IOException("read"));
        })));
        client.said();
        client.reply("250 a\r\n250 b\r\n354 go");
        assertTrue(closed[0]);
        assertInstanceOf(Outcome.Failed.class, job.outcome());
    }

    @Test
    void refusesContentThatRefusesToBeRead() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        IOException refusal = new IOException(SmtpException.of(554, "5.6.3", "8-bit"));
        Job job = client.send(mail(Body.of(OptionalLong.empty(), () -> new Broken(new boolean[1], refusal))));
        client.said();
        client.reply("250 a\r\n250 b\r\n354 go");
        assertEquals(554, job.outcome().reply().code());
    }

    @Test
    void sendsParametersThatAreOffered() {
        Sizes sizes = new Sizes(WhenMissing.drop());
        ClientFixture client = new ClientFixture(PIPELINING, sizes).ready("SIZE 1000", "PIPELINING", "X-NOTE");
        OutgoingMail plain = mail("abc", "b@example.org", "c@example.org");
        client.send(plain.withRecipients(plain.recipients().stream()
                .map(one -> one.path().path().startsWith("<b")
                        ? new Recipient(one.path(), Attributes.EMPTY.with(NOTE, "n"))
                        : one)
                .toList()));
        assertEquals(
                List.of(
                        "MAIL FROM:<a@example.net> SIZE=5",
                        "RCPT TO:<b@example.org> XNOTE=n",
                        "RCPT TO:<c@example.org>",
                        "DATA"),
                client.said().lines().toList());
    }

    @Test
    void leavesOutParametersThatAreNotOfferedOrRefuses() {
        ClientFixture drops = new ClientFixture(PIPELINING, new Sizes(WhenMissing.drop())).ready("PIPELINING");
        drops.send("abc");
        assertEquals(ENVELOPE, drops.said());
        ClientFixture fails =
                new ClientFixture(PIPELINING, new Sizes(WhenMissing.fail(554, "5.6.3", "no"))).ready("PIPELINING");
        fails.said();
        Job job = fails.send("abc");
        assertEquals("", fails.said());
        assertEquals(Moment.PREPARE, job.outcome().moment());
        assertTrue(job.outcome().isPermanent());
        assertTrue(fails.transport.isOpen());
    }

    @Test
    void doesNotSendAddressesThatThePeerWouldNotUnderstand() {
        ClientFixture client = new ClientFixture(PIPELINING).ready("PIPELINING");
        client.said();
        Job job = client.send("x", "grün@example.org", "b@example.org");
        assertEquals(ENVELOPE, client.said());
        client.reply("250 a\r\n250 b\r\n354 go");
        client.reply("250 ok");
        assertEquals(553, job.outcome(0).reply().code());
        assertTrue(job.outcome(1).isAccepted());
    }

    @Test
    void sendsChunks() {
        ClientFixture client = new ClientFixture(PIPELINING, new Sizes(WhenMissing.drop())).ready("CHUNKING");
        Job job = client.send("x".repeat(1500) + "\n.\n");
        client.said();
        assertEquals("RCPT TO:<b@example.org>\r\n", client.answer("250 a"));
        assertEquals("BDAT 1024\r\n" + "x".repeat(1024), client.answer("250 b"));
        assertEquals("BDAT 481 LAST\r\n" + "x".repeat(476) + "\r\n.\r\n", client.answer("250 go on"));
        client.reply("250 done");
        assertTrue(job.outcome().isAccepted());
    }

    @Test
    void resetsAfterARefusedChunk() {
        ClientFixture client = new ClientFixture(PIPELINING, new Sizes(WhenMissing.drop())).ready("CHUNKING");
        Job job = client.send("x".repeat(1500));
        client.reply("250 a");
        client.reply("250 b");
        client.said();
        assertEquals("RSET\r\n", client.answer("552 5.3.4 too big"));
        assertEquals(552, job.outcome().reply().code());
        client.reply("250 reset");
        assertTrue(client.transport.isOpen());
    }

    private static final class Broken extends FilterInputStream {
        private final boolean[] closed;
        private final IOException failure;

        Broken(boolean[] closed, IOException failure) {
            super(InputStream.nullInputStream());
            this.closed = closed;
            this.failure = failure;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            throw failure;
        }

        @Override
        public void close() {
            closed[0] = true;
        }
    }
}
