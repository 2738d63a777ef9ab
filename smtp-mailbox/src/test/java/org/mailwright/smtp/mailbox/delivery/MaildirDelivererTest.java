package org.mailwright.smtp.mailbox.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.mailbox.MaildirStore;
import org.mailwright.smtp.mailbox.PathTemplate;
import org.mailwright.smtp.mailbox.quota.MaildirQuotas;
import org.mailwright.smtp.mailbox.quota.Quota;
import org.mailwright.smtp.mailbox.quota.QuotaKeeper;
import org.mailwright.smtp.mailbox.quota.WhenFull;
import org.mailwright.smtp.queue.DeliveryRequest;

class MaildirDelivererTest {
    private static final String MAIL = "Return-Path: <forged@elsewhere.test>\r\nSubject: x\r\n\r\nhello\r\n";

    @TempDir
    private Path root;

    @Test
    void eachRecipientHasAFileOfItsOwnWithItsOwnAddress() throws Exception {
        assertEquals(
                List.of("250 2.1.5", "250 2.1.5"), deliver(MAIL, "<alice@example.test>", "<Bob+lists@Example.Test>"));
        assertEquals(
                "Return-Path: <sender@elsewhere.test>\nDelivered-To: Bob+lists@Example.Test\nSubject: x\n\nhello\n",
                Files.readString(mails("bob", "new").getFirst()));
        assertEquals(
                "Return-Path: <sender@elsewhere.test>\nDelivered-To: alice@example.test\nSubject: x\n\nhello\n",
                Files.readString(mails("alice", "new").getFirst()));
    }

    @Test
    void aSecondAttemptMakesNoSecondFile() throws Exception {
        deliver(MAIL, "<alice@example.test>");
        deliver(MAIL, "<alice@example.test>", "<alice+x@example.test>");
        assertEquals(1, mails("alice", "new").size());
    }

    @Test
    void aMailThatWasReadMeanwhileIsNotDeliveredAgain() throws Exception {
        deliver(MAIL, "<alice@example.test>");
        Path mail = mails("alice", "new").getFirst();
        Files.move(mail, root.resolve("example.test/alice/cur/" + mail.getFileName() + ":2,S"));
        assertEquals(List.of("250 2.1.5"), deliver(MAIL, "<alice@example.test>"));
        assertEquals(List.of(), mails("alice", "new"));
    }

    @Test
    void oneFullMailboxFailsAlone() throws Exception {
        MaildirStore store = store();
        for (WhenFull whenFull : WhenFull.values()) {
            QuotaKeeper quotas = new MaildirQuotas(
                    store,
                    mailbox -> mailbox.user().equals("bob") ? new Quota(10, 0) : Quota.NONE,
                    whenFull,
                    () -> Requests.ACCEPTED);
            String reply = whenFull == WhenFull.DEFER ? "452 4.2.2" : "552 5.2.2";
            assertEquals(
                    List.of("250 2.1.5", reply, "250 2.1.5"),
                    Requests.codes(deliverer(store, quotas)
                            .deliver(Requests.request(
                                    MAIL, "<alice@example.test>", "<bob@example.test>", "<user1@example.test>"))));
        }
        assertEquals(1, mails("user1", "new").size());
    }

    @Test
    void oneBrokenMailboxFailsAlone() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("example.test")).resolve("bob"), "not a folder");
        assertEquals(List.of("451 4.3.0", "250 2.1.5"), deliver(MAIL, "<bob@example.test>", "<alice@example.test>"));
    }

    @Test
    void aUserWhoIsGoneIsUnknown() throws Exception {
        assertEquals(List.of("550 5.1.1", "550 5.1.1"), deliver(MAIL, "<carol@example.test>", "<x@elsewhere.test>"));
    }

    @Test
    void aMailThatWasHereBeforeLoops() throws Exception {
        String looping = "Received: x\r\ndelivered-TO:  <Alice@example.test>\r\nSubject: x\r\n\r\nx\r\n";
        assertEquals(
                List.of("554 5.4.6", "250 2.1.5", "250 2.1.5"),
                deliver(looping, "<alice@EXAMPLE.test>", "<alice+other@example.test>", "<bob@example.test>"));
        String quoted = "Subject: x\r\n\r\nDelivered-To: alice@example.test\r\n";
        assertEquals(List.of("250 2.1.5"), deliver(quoted, "<alice@example.test>"));
    }

    @Test
    void aContentThatCannotBeReadIsTriedAgain() throws Exception {
        Body broken = Body.of(OptionalLong.empty(), () -> {
            throw new IOException("gone");
        });
        DeliveryRequest request = Requests.request("m1", broken, "<alice@example.test>", "<bob@example.test>");
        assertEquals(
                List.of("451 4.3.0", "451 4.3.0"),
                Requests.codes(deliverer(store(), QuotaKeeper.UNBOUNDED).deliver(request)));
    }

    @Test
    void aLeaseThatIsLostDeliversNothing() throws Exception {
        DeliveryRequest request = Requests.request(MAIL, "<alice@example.test>");
        DeliveryRequest lost = new DeliveryRequest(
                request.message(),
                request.lane(),
                request.reversePath(),
                request.recipients(),
                request.content(),
                () -> false);
        var results = deliverer(store(), QuotaKeeper.UNBOUNDED).deliver(lost);
        assertEquals(List.of("451 4.3.2"), Requests.codes(results));
        assertEquals(Moment.PREPARE, results.getFirst().outcome().moment());
        assertEquals(List.of(), mails("alice", "new"));
    }

    @Test
    void thePostmasterIsNamed() throws Exception {
        deliver(MAIL, "<Postmaster>");
        assertEquals(
                "Delivered-To: alice@example.test",
                Files.readAllLines(mails("alice", "new").getFirst(), StandardCharsets.UTF_8)
                        .get(1));
    }

    private List<String> deliver(String content, String... paths) throws InterruptedException {
        return Requests.codes(deliverer(store(), QuotaKeeper.UNBOUNDED).deliver(Requests.request(content, paths)));
    }

    private MaildirStore store() {
        return new MaildirStore(new PathTemplate(root, "{domain}/{user}"), "mx.example.test");
    }

    private static MaildirDeliverer deliverer(MaildirStore store, QuotaKeeper quotas) {
        return new MaildirDeliverer(store, Requests.recipients(), quotas, () -> Requests.ACCEPTED.plusSeconds(60));
    }

    private List<Path> mails(String user, String part) throws IOException {
        Path folder = root.resolve("example.test").resolve(user).resolve(part);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
