package org.mailwright.smtp.mailbox.alias;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.MailboxRoom;
import org.mailwright.smtp.mailbox.MaildirStore;
import org.mailwright.smtp.mailbox.PathTemplate;
import org.mailwright.smtp.mailbox.quota.MaildirQuotas;
import org.mailwright.smtp.mailbox.quota.Quota;
import org.mailwright.smtp.mailbox.quota.QuotaKeeper;
import org.mailwright.smtp.mailbox.quota.WhenFull;

/** Bob's mailbox holds 100 octets of 100, carol's 60. */
class AliasRoomTest {
    private static final String TABLE = """
        one@example.test: bob
        team@example.test: bob, alice
        list@example.test: bob
        owner-list@example.test: alice
        spam@example.test: :discard:
        @old.test: @example.test
        """;

    @TempDir
    private Path folder;

    private MailboxRoom room(Forwards forwards, WhenFull whenFull) throws IOException {
        fill("bob", 100);
        fill("carol", 60);
        MaildirStore store = new MaildirStore(new PathTemplate(folder, "{user}"), "mx.example.test");
        QuotaKeeper quotas = new MaildirQuotas(store, mailbox -> new Quota(100, 0), whenFull, InstantSource.system());
        return room(forwards, quotas);
    }

    private MailboxRoom room(Forwards forwards, QuotaKeeper quotas) throws IOException {
        return new AliasRoom(Town.aliases(folder, TABLE), Town.recipients(), forwards, AliasLimits.DEFAULT, quotas);
    }

    private void fill(String user, int octets) throws IOException {
        Path maildir = folder.resolve(user);
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(maildir.resolve(part));
        }
        Files.write(maildir.resolve("cur/1"), new byte[octets]);
    }

    private static String said(MailboxRoom room, String address, long octets) throws IOException {
        try {
            room.admit(ForwardPath.parse("<" + address + ">"), Town.OWN, octets);
            return "taken";
        } catch (SmtpException e) {
            return e.reply().code() + " " + e.reply().enhanced().orElseThrow();
        }
    }

    @Test
    void aFullMailboxIsRefusedByEachOfItsNames() throws IOException {
        for (WhenFull whenFull : WhenFull.values()) {
            MailboxRoom room = room(Forwards.NONE, whenFull);
            String full = whenFull == WhenFull.DEFER ? "452 4.2.2" : "552 5.2.2";
            for (String address : List.of(
                    "bob@example.test",
                    "Bob+x@example.test",
                    "one@example.test",
                    "one+x@old.test",
                    "bob@[192.0.2.1]")) {
                assertEquals(full, said(room, address, 0), address);
            }
        }
    }

    @Test
    void aMailOfADeclaredSizeHasToFit() throws IOException {
        MailboxRoom room = room(Forwards.NONE, WhenFull.REFUSE);
        assertEquals("taken", said(room, "carol@example.test", 0));
        assertEquals("taken", said(room, "carol@example.test", 40));
        assertEquals("552 5.2.2", said(room, "carol@example.test", 41));
        assertEquals("552 5.2.2", said(room, "carol@example.test", Long.MAX_VALUE));
    }

    @Test
    void mailForMoreThanOneMailboxIsTaken() throws IOException {
        MailboxRoom room = room(Forwards.NONE, WhenFull.REFUSE);
        for (String address : List.of(
                "team@example.test", "list@example.test", "spam@example.test", "alice@example.test", "bob@far.test")) {
            assertEquals("taken", said(room, address, 10), address);
        }
    }

    @Test
    void whoHasHisMailSentOnNeedsNoRoom() throws IOException {
        Mailbox far = Mailbox.parse("bob@far.test");
        MailboxRoom room =
                room(user -> user.user().equals("bob") ? Optional.of(List.of(far)) : Optional.empty(), WhenFull.REFUSE);
        assertEquals("taken", said(room, "bob@example.test", 0));
    }

    @Test
    void aQuotaThatCannotBeFoundOutRefusesNobody() throws IOException {
        MailboxRoom room = room(Forwards.NONE, new QuotaKeeper() {
            @Override
            public void admit(LocalMailbox mailbox, long octets) throws IOException {
                throw new IOException("no such disk");
            }

            @Override
            public void added(LocalMailbox mailbox, long octets) {
                throw new UncheckedIOException(new IOException("nothing was added"));
            }
        });
        assertEquals("taken", said(room, "bob@example.test", 0));
        assertTrue(NonBlocking.mayBlock(room), "it reads files");
    }
}
