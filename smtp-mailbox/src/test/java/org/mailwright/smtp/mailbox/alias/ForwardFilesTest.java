package org.mailwright.smtp.mailbox.alias;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.mailbox.PathTemplate;
import org.mailwright.smtp.queue.Router;

class ForwardFilesTest {
    private static final String MAILBOX = "alice@example.test local>example.test kept";

    @TempDir
    private Path folder;

    private Router router;

    @BeforeEach
    void open() throws IOException {
        String table = """
            list@example.test: alice, bob
            owner-list@example.test: carol
            carol@example.test: carol, copy@far.test
            loop1@example.test: loop2
            loop2@example.test: loop1
            alias@example.test: alice
            """;
        router = new LocalRouter(
                Town.aliases(folder, table),
                Town.recipients(),
                Town.OWN,
                new ForwardFiles(new PathTemplate(folder, "{domain}/{user}/forward")),
                new AliasLimits(10, 20),
                Redistribution.PLAIN,
                Town::relay);
    }

    private Path forward(String user, String text) throws IOException {
        Path file = folder.resolve("example.test").resolve(user).resolve("forward");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return file;
    }

    private List<String> alice() throws IOException {
        return Town.ways(router, "alice@example.test");
    }

    @Test
    void mailGoesWhereTheUserWantsIt() throws IOException {
        forward("alice", "# away\n\n me@far.test , bob\r\n\"od,d\"@far.test");
        assertEquals(
                List.of(
                        "me@far.test relay>far.test",
                        "bob@example.test local>example.test",
                        "\"od,d\"@far.test relay>far.test"),
                alice());
    }

    @Test
    void oneAddressTakesThePlaceOfTheUser() throws IOException {
        forward("alice", "me@far.test\n");
        assertEquals(List.of("me@far.test relay>far.test kept"), alice());
        assertEquals(List.of("me@far.test relay>far.test kept"), Town.ways(router, "alias+x@example.test"));
        assertEquals(
                List.of(
                        "me@far.test relay>far.test <owner-list@example.test>",
                        "bob@example.test local>example.test <owner-list@example.test>"),
                Town.ways(router, "list@example.test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"me@far.test, alice", "Alice+copy@EXAMPLE.test\nme@far.test", "postmaster, me@far.test"})
    void theOwnAddressIsTheMailbox(String text) throws IOException {
        forward("alice", text);
        List<String> ways = Town.ways(router, "alice+news@example.test");
        assertEquals(2, ways.size());
        assertEquals(
                List.of("alice+news@example.test local>example.test", "me@far.test relay>far.test"),
                ways.stream().sorted().toList());
    }

    @Test
    void theOwnAddressIsNoAliasAgain() throws IOException {
        forward("carol", "carol, me@far.test");
        assertEquals(
                List.of(
                        "carol@example.test local>example.test",
                        "me@far.test relay>far.test",
                        "copy@far.test relay>far.test"),
                Town.ways(router, "carol@example.test"));
    }

    @Test
    void whoeverHasNoFileGetsItHimself() throws IOException {
        assertEquals(List.of(MAILBOX), alice());
        forward("alice", "# nothing\n\n");
        assertEquals(List.of(MAILBOX), alice());
    }

    @Test
    void aMailboxThatIsAFileHasNoForward() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("example.test")).resolve("alice"), "From ");
        assertEquals(List.of(MAILBOX), alice());
    }

    @Test
    void aCircleOfUsersEndsInTheMailbox() throws IOException {
        forward("alice", "bob");
        forward("bob", "alice@example.test, b@far.test");
        assertEquals(List.of("alice@example.test local>example.test", "b@far.test relay>far.test"), alice());
        forward("alice", "list");
        forward("bob", "bob");
        assertEquals(
                List.of(
                        "alice@example.test local>example.test <owner-list@example.test>",
                        "bob@example.test local>example.test <owner-list@example.test>"),
                alice());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "me@far.test, |rm",
                "me@far.test\n/var/mail/x",
                "me@far.test\nnot an address",
                "\\alice",
                ":discard:",
                "me@far.test, nobody1@example.test",
                "me@far.test, loop1@example.test",
                "x@refused.test",
            })
    void whatIsWrongLeavesTheMailWithTheUser(String text) throws IOException {
        forward("alice", text);
        String ways = String.join("; ", alice());
        assertEquals("alice@example.test local>example.test kept", ways);
    }

    @Test
    void aRefusedWayLeavesACopyWithTheUserAndTheOthersStay() throws IOException {
        forward("alice", "x@refused.test, me@far.test, y@refused.test");
        assertEquals(List.of("alice@example.test local>example.test", "me@far.test relay>far.test"), alice());
    }

    @Test
    void tooManyAddressesLeaveTheMailWithTheUser() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= ForwardFiles.MOST_ADDRESSES; i++) {
            many.append("a@far.test\n");
        }
        forward("alice", many.toString());
        assertEquals(List.of(MAILBOX), alice());
        forward("alice", many.substring("a@far.test\n".length()));
        assertEquals(List.of("a@far.test relay>far.test kept"), alice());
        many.setLength(0);
        for (int i = 0; i < 21; i++) {
            many.append("a").append(i).append("@far.test\n");
        }
        forward("alice", many.toString());
        assertEquals(List.of(MAILBOX), alice());
        forward("alice", "#".repeat(70_000));
        assertEquals(List.of(MAILBOX), alice());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatOthersCanWriteDoesNotCount() throws IOException {
        Path file = forward("alice", "me@far.test");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        assertEquals(List.of(MAILBOX), alice());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r---w-"));
        assertEquals(List.of(MAILBOX), alice());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(List.of("me@far.test relay>far.test kept"), alice());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkOrAFolderDoesNotCount() throws IOException {
        Path other = forward("bob", "me@far.test");
        Path file = forward("alice", "");
        Files.delete(file);
        Files.createSymbolicLink(file, other);
        assertEquals(List.of(MAILBOX), alice());
        Files.delete(file);
        Files.createDirectory(file);
        assertEquals(List.of(MAILBOX), alice());
    }
}
