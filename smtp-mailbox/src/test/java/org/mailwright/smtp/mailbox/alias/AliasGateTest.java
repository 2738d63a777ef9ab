package org.mailwright.smtp.mailbox.alias;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import org.mailwright.smtp.mailbox.Addressees;
import org.mailwright.smtp.mailbox.LocalDomains;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.LocalMailboxes;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.MailboxRoom;
import org.mailwright.smtp.testkit.RecordedMail;
import org.mailwright.smtp.testkit.TestService;
import org.mailwright.smtp.testkit.TranscriptRun;
import org.mailwright.smtp.testkit.TranscriptTest;

class AliasGateTest {
    private static final String TABLE = """
        sales@example.test: alice, bob@far.test
        spam@example.test: :discard:
        @shop.test: dora
        @old.test: @example.test
        named@old.test: dora@shop.test
        sales@far.test: alice@example.test
        """;

    @TempDir
    private Path folder;

    @TranscriptTest("aliases.smtp")
    void aliasesAreTakenAndUnknownUsersAreRefused(TranscriptRun run) throws IOException {
        Aliases fixed = Town.aliases(folder, TABLE);
        AliasFile file = AliasFile.open(folder.resolve("aliases"), InstantSource.system());
        for (Aliases aliases : List.of(fixed, file)) {
            Addressees addressees = AliasAddressees.of(aliases, Town.recipients());
            List<RecordedMail> mails = run.play(TestService.mx(new LocalMailboxes(addressees)));
            assertEquals(1, mails.size());
        }
    }

    @TranscriptTest("nowhere.smtp")
    void anAliasThatLeadsNowhereIsRefusedAlone(TranscriptRun run) throws IOException {
        Aliases aliases = Town.aliases(folder, """
            loopa@example.test: loopb
            loopb@example.test: loopa
            deep1@example.test: deep2
            deep2@example.test: deep3
            deep3@example.test: bob
            many@example.test: a@far.test, b@far.test, c@far.test
            ghost@example.test: nobody1
            ghosts@example.test: nobody1, alice
            """);
        Addressees addressees = AliasAddressees.of(aliases, Town.recipients(), Forwards.NONE, new AliasLimits(2, 2));
        List<RecordedMail> mails = run.play(TestService.mx(new LocalMailboxes(addressees)));
        assertEquals(2, mails.getFirst().envelope().recipients().size());
    }

    @TranscriptTest("full.smtp")
    void aFullMailboxIsRefusedAtRcpt(TranscriptRun run) throws IOException {
        Aliases aliases = Town.aliases(folder, TABLE);
        MailboxRoom room = (path, own, octets) -> {
            if (octets >= 100 && path.path().contains("bob")) {
                throw SmtpException.of(552, "5.2.2", "The mailbox is full");
            }
        };
        List<RecordedMail> mails = run.play(TestService.mx(new LocalMailboxes(
                AliasAddressees.of(aliases, Town.recipients()),
                room,
                session -> session.reversePath().isPresent() ? 100 : 0,
                false)));
        assertEquals(1, mails.getFirst().envelope().recipients().size());
    }

    @Test
    void aCheckNamesTheLineOfAnAliasThatLeadsNowhere() throws IOException {
        AliasCheck check = new AliasCheck(Town.recipients(), new AliasLimits(2, 2));
        check.run(Files.writeString(folder.resolve("good"), TABLE));
        String circle = "# comment\nbob@example.test: bob\nloopa@example.test: loopb\n\nloopb@example.test: loopa\n";
        Path file = Files.writeString(folder.resolve("circle"), circle);
        AliasFileException wrong = assertThrows(AliasFileException.class, () -> check.run(file));
        assertEquals(
                file + ":3: expected an alias that leads to somebody, found \"loopa@example.test\":"
                        + " the alias leads back to itself",
                wrong.getMessage());
        Path many = Files.writeString(folder.resolve("many"), "@shop.test: dora, a@far.test,\n b@far.test\n");
        assertEquals(
                1, assertThrows(AliasFileException.class, () -> check.run(many)).line());
    }

    @TranscriptTest("mailboxes.smtp")
    void withoutAliasesOnlyUsersAreTaken(TranscriptRun run) throws IOException {
        assertEquals(
                1,
                run.play(TestService.mx(new LocalMailboxes(Town.recipients()))).size());
    }

    @Test
    void theGateBlocksWhereWhatItAsksDoes() throws IOException {
        Aliases fixed = Town.aliases(folder, TABLE);
        AliasFile file = AliasFile.open(folder.resolve("aliases"), InstantSource.system());
        LocalRecipients slow = new LocalRecipients(
                LocalDomains.of(List.of("example.test")),
                mailbox -> false,
                new LocalMailbox("alice", "example.test"),
                "+");
        assertFalse(NonBlocking.mayBlock(AliasAddressees.of(fixed, Town.recipients())));
        assertTrue(NonBlocking.mayBlock(AliasAddressees.of(file, Town.recipients())));
        assertTrue(NonBlocking.mayBlock(AliasAddressees.of(fixed, slow)));
        assertTrue(NonBlocking.mayBlock(
                AliasAddressees.of(fixed, Town.recipients(), user -> Optional.empty(), AliasLimits.DEFAULT)));
        assertFalse(NonBlocking.mayBlock(Addressees.of(Town.recipients())));
        assertTrue(NonBlocking.mayBlock(Addressees.of(slow)));
    }

    @Test
    void theMembersOfAnAliasAreTold() throws IOException {
        AliasMembers members = new AliasMembers(Town.aliases(folder, TABLE), Town.recipients());
        Optional<List<Mailbox>> sales =
                Optional.of(List.of(Mailbox.parse("alice@example.test"), Mailbox.parse("bob@far.test")));
        assertEquals(sales, members.of(ForwardPath.parse("<Sales@example.test>")));
        assertEquals(sales, members.of(ForwardPath.parse("<sales+x@example.test>")));
        assertEquals(sales, members.of(ForwardPath.parse("<sales@old.test>")));
        assertEquals(Optional.of(List.of()), members.of(ForwardPath.parse("<spam@example.test>")));
        for (String none : List.of("alice@example.test", "x@shop.test", "nobody@example.test", "sales@far.test")) {
            assertEquals(Optional.empty(), members.of(ForwardPath.parse("<" + none + ">")));
        }
    }
}
