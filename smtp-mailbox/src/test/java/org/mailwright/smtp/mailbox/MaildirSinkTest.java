package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

class MaildirSinkTest {
    private static final String MAIL = "Return-Path: <forged@elsewhere.test>\r\nSubject: x\r\n\r\nhello\r\n";
    private static final Set<String> USERS = Set.of("alice@example.test", "bob@example.test");

    @TempDir
    private Path root;

    @Test
    void ourReturnPathIsTheOnlyOne() throws Exception {
        Acceptance acceptance = deliver(new Disk(), Role.MX, "<alice@example.test>");
        assertEquals("250 2.0.0 Delivered as m1", acceptance.combined().toString());
        assertEquals(
                "Return-Path: <sender@elsewhere.test>\nSubject: x\n\nhello\n",
                Files.readString(mails("alice").getFirst()));
    }

    @Test
    void oneRecipientNamedTwiceGetsItOnce() throws Exception {
        Acceptance acceptance =
                deliver(new Disk(), Role.MX, "<alice@example.test>", "<Alice+x@EXAMPLE.test>", "<bob@example.test>");
        assertEquals(3, acceptance.replies().size());
        assertEquals(1, mails("alice").size());
        assertEquals(1, mails("bob").size());
    }

    @Test
    void aFullDiskIs452() {
        SmtpException refusal = assertThrows(
                SmtpException.class,
                () -> deliver(failing("No space left on device"), Role.MX, "<alice@example.test>"));
        assertEquals(452, refusal.reply().code());
        assertEquals("4.3.1", refusal.reply().enhanced().orElseThrow().toString());
    }

    @Test
    void aBrokenDiskIs451() throws IOException {
        SmtpException refusal = assertThrows(
                SmtpException.class,
                () -> deliver(failing("Input/output error"), Role.MX, "<alice@example.test>", "<bob@example.test>"));
        assertEquals(451, refusal.reply().code());
        assertEquals(List.of(), mails("alice"));
        assertFalse(Files.exists(root.resolve("example.test/bob/new")));
    }

    @Test
    void overLmtpEachRecipientHasAReplyOfItsOwn() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("example.test")).resolve("bob"), "not a folder");
        Acceptance acceptance = deliver(new Disk(), Role.LMTP, "<alice@example.test>", "<bob@example.test>");
        assertEquals(
                List.of(250, 451),
                acceptance.replies().stream().map(Reply::code).toList());
        assertEquals(1, mails("alice").size());
    }

    @Test
    void overSmtpSoItIsForAClientThatHearsOfEach() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("example.test")).resolve("bob"), "not a folder");
        Envelope plain = envelope(Role.MX, "<alice@example.test>", "<bob@example.test>");
        Acceptance acceptance = take(
                sink(new Disk()),
                new Envelope(
                        plain.id(),
                        plain.reversePath(),
                        plain.recipients(),
                        Attributes.EMPTY.with(Envelope.ANSWERED_EACH, true),
                        plain.origin()));
        assertEquals(
                List.of(250, 451),
                acceptance.replies().stream().map(Reply::code).toList());
        assertEquals(1, mails("alice").size());
    }

    @Test
    void overLmtpAMailThatCouldNotBeWrittenIsNobodys() throws Exception {
        for (String call : List.of("write", "force")) {
            Acceptance acceptance = deliver(failingOnce(call), Role.LMTP, "<alice@example.test>", "<bob@example.test>");
            assertEquals(
                    List.of(452, 452),
                    acceptance.replies().stream().map(Reply::code).toList());
            assertEquals(List.of(), mails("alice"));
            assertFalse(Files.exists(root.resolve("example.test/bob/new")));
        }
    }

    @Test
    void overSmtpItIsAllOrNone() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("example.test")).resolve("bob"), "not a folder");
        assertThrows(
                SmtpException.class, () -> deliver(new Disk(), Role.MX, "<alice@example.test>", "<bob@example.test>"));
        assertEquals(List.of(), mails("alice"));
    }

    @Test
    void whoHasNoMailboxIsRefusedEvenHere() {
        SmtpException refusal =
                assertThrows(SmtpException.class, () -> deliver(new Disk(), Role.SUBMISSION, "<carol@elsewhere.test>"));
        assertEquals(550, refusal.reply().code());
    }

    @Test
    void anAbortedMailLeavesNothing() throws Exception {
        MessageSink.Intake intake = sink(new Disk()).open(envelope(Role.MX, "<alice@example.test>"));
        intake.write(ByteBuffer.wrap(MAIL.getBytes(StandardCharsets.US_ASCII)));
        intake.abort();
        assertEquals(List.of(), mails("alice"));
        try (Stream<Path> left = Files.list(root.resolve("example.test/alice/tmp"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void discardingCountsWhatCameToItsEnd() {
        DiscardSink sink = new DiscardSink();
        Envelope envelope = envelope(Role.MX, "<alice@example.test>");
        MessageSink.Intake aborted = assertOpens(sink, envelope);
        aborted.abort();
        DiscardSink counted = new DiscardSink();
        assertTrue(take(counted, envelope).combined().isPositive());
        assertEquals(0, sink.mails());
        assertEquals(1, counted.mails());
        assertEquals(MAIL.length(), counted.octets());
    }

    private static MessageSink.Intake assertOpens(DiscardSink sink, Envelope envelope) {
        return sink.open(envelope);
    }

    private static Acceptance take(MessageSink sink, Envelope envelope) {
        try {
            MessageSink.Intake intake = sink.open(envelope);
            intake.write(ByteBuffer.wrap(MAIL.getBytes(StandardCharsets.US_ASCII)));
            return intake.commit();
        } catch (SmtpException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private Acceptance deliver(Disk disk, Role role, String... recipients) throws SmtpException, IOException {
        MessageSink.Intake intake = sink(disk).open(envelope(role, recipients));
        intake.write(ByteBuffer.wrap(MAIL.getBytes(StandardCharsets.US_ASCII)));
        return intake.commit();
    }

    private MaildirSink sink(Disk disk) {
        return new MaildirSink(
                new MaildirStore(new PathTemplate(root, "{domain}/{user}"), "mx.example.test", disk),
                new LocalRecipients(
                        LocalDomains.of(List.of("example.test")),
                        mailbox -> USERS.contains(mailbox.toString()),
                        new LocalMailbox("postmaster", "example.test"),
                        "+"),
                InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));
    }

    private static Disk failing(String reason) {
        return new Disk() {
            @Override
            void force(FileChannel file) throws IOException {
                throw new FileSystemException("mail", null, reason);
            }
        };
    }

    /** A disk that is full at the first call of one kind, and has room again at the next. */
    private static Disk failingOnce(String call) {
        return new Disk() {
            private boolean failed;

            private void check(String now) throws FileSystemException {
                if (!failed && call.equals(now)) {
                    failed = true;
                    throw new FileSystemException("mail", null, "No space left on device");
                }
            }

            @Override
            void write(WritableByteChannel channel, ByteBuffer octets) throws IOException {
                check("write");
                super.write(channel, octets);
            }

            @Override
            void force(FileChannel file) throws IOException {
                check("force");
                super.force(file);
            }
        };
    }

    private static Envelope envelope(Role role, String... recipients) {
        return new Envelope(
                "m1",
                ReversePath.parse("<sender@elsewhere.test>"),
                Arrays.stream(recipients)
                        .map(ForwardPath::parse)
                        .map(Recipient::of)
                        .toList(),
                Attributes.EMPTY,
                new Origin(
                        "s1",
                        "mx",
                        role,
                        "mx.example.test",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
                        new Hello("client.test", true),
                        Optional.empty(),
                        Optional.empty()));
    }

    private List<Path> mails(String user) throws IOException {
        try (Stream<Path> found =
                Files.list(root.resolve("example.test").resolve(user).resolve("new"))) {
            return found.toList();
        }
    }
}
