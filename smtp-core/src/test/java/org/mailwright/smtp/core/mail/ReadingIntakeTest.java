package org.mailwright.smtp.core.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

@Timeout(20)
class ReadingIntakeTest {

    private static final Reply TAKEN = Reply.of(250, "2.0.0", "Taken");
    private static final Reply TOO_DULL = Reply.of(554, "5.7.1", "Too dull");
    private static final Envelope ENVELOPE = new Envelope(
            "M1",
            ReversePath.parse("<a@example.org>"),
            List.of(
                    Recipient.of(ForwardPath.parse("<b@example.test>")),
                    Recipient.of(ForwardPath.parse("<c@example.test>"))),
            Attributes.EMPTY,
            new Origin(
                    "S1",
                    "mx",
                    Role.MX,
                    "mx.example.test",
                    new InetSocketAddress(0),
                    new Hello("client.example", true),
                    Optional.empty(),
                    Optional.empty()));

    private final CompletableFuture<String> seen = new CompletableFuture<>();
    private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();

    private static ByteBuffer octets(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static MessageSink.Intake open(MailReader reader) throws SmtpException, IOException {
        return MessageSink.reading(reader).open(ENVELOPE);
    }

    /** Reads like a reader, and tells what the stream threw. */
    private <T> T told(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IOException e) {
            thrown.complete(e);
            throw e;
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    @Test
    void readsAllPiecesUpToTheCommit() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> {
            seen.complete(envelope.id() + " " + new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
            return TAKEN;
        });
        for (String piece : List.of("Subject: x\r\n", "", "\r\n", "\u00e9\r\n")) {
            ByteBuffer octets = octets(piece);
            intake.write(octets);
            assertFalse(octets.hasRemaining());
        }
        assertFalse(seen.isDone(), "the end came before the commit");
        assertEquals(List.of(TAKEN, TAKEN), intake.commit().replies());
        assertEquals("M1 Subject: x\r\n\r\n\u00e9\r\n", seen.get());
    }

    @Test
    void readsSingleOctetsWithoutSign() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> {
            assertArrayEquals(
                    new int[] {0xFF, 'x', -1, -1},
                    new int[] {content.read(), content.read(), content.read(), content.read()});
            return TAKEN;
        });
        intake.write(octets("\u00ffx"));
        assertEquals(TAKEN, intake.commit().combined());
    }

    @Test
    void emptyMailThatWasLookedAtIsTaken() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> content.read() < 0 ? TAKEN : TOO_DULL);
        assertEquals(TAKEN, intake.commit().combined());
    }

    @Test
    void dropsTheRestAfterAnEarlyAnswer() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> content.read() == '>' ? TOO_DULL : TAKEN);
        for (int i = 0; i < 1000; i++) {
            ByteBuffer octets = octets("> again\r\n");
            intake.write(octets);
            assertFalse(octets.hasRemaining());
        }
        assertEquals(List.of(TOO_DULL, TOO_DULL), intake.commit().replies());
    }

    @Test
    void dropsTheRestAfterTheStreamWasClosed() throws Exception {
        CountDownLatch committed = new CountDownLatch(1);
        MessageSink.Intake intake = open((envelope, content) -> {
            try (content) {
                content.read();
            }
            awaitUninterruptibly(committed);
            assertThrows(IOException.class, content::read);
            return TAKEN;
        });
        intake.write(octets("one\r\n"));
        intake.write(octets("two\r\n"));
        committed.countDown();
        assertEquals(TAKEN, intake.commit().combined());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void positiveReplyWithoutReadingFails() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> {
            assertEquals(0, content.read(new byte[0]));
            return TAKEN;
        });
        intake.write(octets("unread\r\n"));
        assertTrue(assertThrows(IOException.class, intake::commit).toString().contains("has read nothing"));
    }

    @Test
    void refusalWithoutReadingStands() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> TOO_DULL);
        intake.write(octets("unread\r\n"));
        assertEquals(TOO_DULL, intake.commit().combined());
    }

    @Test
    void refusalComesOutOfTheNextWrite() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> {
            content.read();
            throw new SmtpException(TOO_DULL);
        });
        SmtpException refused = assertThrows(SmtpException.class, () -> {
            intake.write(octets("one\r\n"));
            intake.write(octets("two\r\n"));
        });
        assertEquals(TOO_DULL, refused.reply());
        intake.abort();
    }

    @Test
    void failureComesOutOfTheCommit() throws Exception {
        IOException full = new IOException("disk full");
        MessageSink.Intake intake = open((envelope, content) -> {
            content.readAllBytes();
            throw full;
        });
        intake.write(octets("x\r\n"));
        assertEquals(full, assertThrows(IOException.class, intake::commit));
    }

    @Test
    void bugIsATransientFailure() throws Exception {
        for (Throwable bug : List.of(new IllegalStateException("a bug"), new AssertionError("another"))) {
            MessageSink.Intake intake = open((envelope, content) -> {
                content.readAllBytes();
                if (bug instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) bug;
            });
            intake.write(octets("x\r\n"));
            SmtpException told = assertThrows(SmtpException.class, intake::commit);
            assertEquals("451 4.3.0 Local error in processing", told.reply().toString());
        }
    }

    @Test
    void lostConnectionThrowsInTheReader() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> {
            told(content::readAllBytes);
            return TAKEN;
        });
        intake.write(octets("half a ma"));
        intake.abort();
        assertTrue(thrown.get().toString().contains("the mail ended before its content was complete"));
    }

    @Test
    void readerThatIsInterruptedIsToldSo() throws Exception {
        MessageSink.Intake intake = open((envelope, content) -> {
            Thread.currentThread().interrupt();
            told(content::read);
            return TAKEN;
        });
        assertInstanceOf(InterruptedIOException.class, thrown.get());
        assertThrows(InterruptedIOException.class, intake::commit);
    }

    @Test
    void streamIsClosedWhenTheReaderHasAnswered() throws Exception {
        CompletableFuture<InputStream> leaked = new CompletableFuture<>();
        MessageSink.Intake intake = open((envelope, content) -> {
            leaked.complete(content);
            content.readAllBytes();
            return TAKEN;
        });
        intake.commit();
        assertThrows(IOException.class, () -> leaked.get().read());
    }
}
