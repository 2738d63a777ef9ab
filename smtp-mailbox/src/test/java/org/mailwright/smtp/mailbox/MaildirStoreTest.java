package org.mailwright.smtp.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaildirStoreTest {
    private static final Instant THEN = Instant.ofEpochSecond(1_700_000_000);
    private static final MessageKey KEY = new MessageKey("mail-1", THEN);
    private static final LocalMailbox ALICE = new LocalMailbox("alice", "example.test");
    private static final LocalMailbox BOB = new LocalMailbox("bob", "example.test");

    @TempDir
    private Path root;

    @Test
    void aMailArrivesWithLfLineEnds() throws IOException {
        deliver(store(new Disk()), KEY, "Subject: x\r\n\r\nhello\r\n", ALICE);
        Path mail = only("alice", "new");
        assertEquals("Subject: x\n\nhello\n", Files.readString(mail));
        assertTrue(mail.getFileName().toString().matches("1700000000\\.[0-9a-f]{32}\\.mx\\.example\\.test"));
        assertEquals(List.of(), files("alice", "tmp"));
        assertEquals(List.of(), files("alice", "cur"));
    }

    @Test
    void onlyTheOwnerCanRead() throws IOException {
        deliver(store(new Disk()), KEY, "x\r\n", ALICE);
        assertEquals("rw-------", mode(only("alice", "new")));
        assertEquals("rwx------", mode(folder("alice", "new")));
        assertEquals("rwx------", mode(root.resolve("example.test")));
    }

    @Test
    void theSameMailTwiceIsOneFile() throws IOException {
        MaildirStore store = store(new Disk());
        deliver(store, KEY, "x\r\n", ALICE);
        deliver(store, KEY, "x\r\n", ALICE, ALICE);
        assertEquals(1, files("alice", "new").size());
        deliver(store, new MessageKey("mail-2", THEN), "x\r\n", ALICE);
        assertEquals(2, files("alice", "new").size());
        assertEquals(List.of(), files("alice", "tmp"));
    }

    @Test
    void severalMailboxesShareOneFile() throws IOException {
        deliver(store(new Disk()), KEY, "x\r\n", ALICE, BOB);
        assertTrue(Files.isSameFile(only("alice", "new"), only("bob", "new")));
    }

    @Test
    void withoutHardLinksEachMailboxHasACopy() throws IOException {
        MaildirStore store = store(new Disk() {
            @Override
            void link(Path name, Path file) {
                throw new UnsupportedOperationException("no links here");
            }
        });
        deliver(store, KEY, "x\r\n", ALICE, BOB);
        deliver(store, KEY, "x\r\n", ALICE, BOB);
        assertFalse(Files.isSameFile(only("alice", "new"), only("bob", "new")));
        assertEquals("x\n", Files.readString(only("bob", "new")));
        assertEquals(List.of(), files("bob", "tmp"));
    }

    @Test
    void aMailLargerThanTheBufferIsWhole() throws IOException {
        String body = "0123456789abcde\r\n".repeat(20_000);
        deliver(store(new Disk()), KEY, body, ALICE);
        assertEquals(body.replace("\r\n", "\n"), Files.readString(only("alice", "new")));
    }

    @Test
    void theMediumHasItBeforeDeliveryEnds() throws IOException {
        List<String> calls = new ArrayList<>();
        MaildirStore store = store(new Disk() {
            @Override
            void force(FileChannel file) throws IOException {
                calls.add("content");
                super.force(file);
            }

            @Override
            void link(Path name, Path file) throws IOException {
                super.link(name, file);
                calls.add("link");
            }

            @Override
            public void forceFolder(Path folder) throws IOException {
                super.forceFolder(folder);
                calls.add("folder " + folder.getFileName());
            }
        });
        deliver(store, new MessageKey("first", THEN), "x\r\n", ALICE);
        calls.clear();
        deliver(store, KEY, "x\r\n", ALICE);
        assertEquals(List.of("content", "link", "folder new"), calls);
    }

    @ParameterizedTest
    @CsvSource({
        "write, No space left on device, FULL",
        "force, Input/output error, IO",
        "force, Disk quota exceeded, FULL",
        "folder, Input/output error, IO",
    })
    void afterAFailureNothingIsLeft(String call, String reason, MailboxException.Kind kind) throws IOException {
        FailingDisk disk = new FailingDisk(call, reason);
        MaildirStore store = store(disk);
        deliver(store, new MessageKey("first", THEN), "x\r\n", ALICE, BOB);
        disk.failing = true;
        MailboxException failure = assertThrows(MailboxException.class, () -> deliver(store, KEY, "x\r\n", ALICE, BOB));
        assertEquals(kind, failure.kind());
        assertTrue(failure.toString().contains(reason), failure.toString());
        assertEquals(1, files("alice", "new").size());
        assertEquals(1, files("bob", "new").size());
        assertEquals(List.of(), files("alice", "tmp"));
    }

    @Test
    void whatOneMailboxCannotTakeIsTakenBackFromTheOthers() throws IOException {
        MaildirStore store = store(new Disk());
        Files.writeString(Files.createDirectories(root.resolve("example.test")).resolve("bob"), "not a folder");
        assertThrows(MailboxException.class, () -> deliver(store, KEY, "x\r\n", ALICE, BOB));
        assertEquals(List.of(), files("alice", "new"));
        assertEquals(List.of(), files("alice", "tmp"));
    }

    @Test
    void aMailThatIsNotDeliveredLeavesNothing() throws IOException {
        MaildirStore store = store(new Disk());
        try (MailDrop drop = store.open(KEY, ALICE)) {
            drop.write(ByteBuffer.wrap(new byte[100_000]));
            assertEquals(1, files("alice", "tmp").size());
        }
        assertEquals(List.of(), files("alice", "tmp"));
        assertEquals(List.of(), files("alice", "new"));
    }

    @Test
    void aMailboxInTheWayIsAnError() throws IOException {
        Files.writeString(root.resolve("example.test"), "not a folder");
        MaildirStore store = store(new Disk());
        assertThrows(MailboxException.class, () -> deliver(store, KEY, "x\r\n", ALICE));
        assertThrows(NoSuchFileException.class, () -> Files.size(root.resolve("tmp")));
    }

    private MaildirStore store(Disk disk) {
        return new MaildirStore(new PathTemplate(root, "{domain}/{user}"), "mx.example.test", disk);
    }

    private static void deliver(MaildirStore store, MessageKey key, String mail, LocalMailbox... mailboxes)
            throws IOException {
        try (MailDrop drop = store.open(key, mailboxes[0])) {
            drop.write(ByteBuffer.wrap(mail.getBytes(StandardCharsets.US_ASCII)));
            drop.deliver(List.of(mailboxes));
        }
    }

    private Path folder(String user, String part) {
        return root.resolve("example.test").resolve(user).resolve(part);
    }

    private List<Path> files(String user, String part) throws IOException {
        try (Stream<Path> found = Files.list(folder(user, part))) {
            return found.toList();
        }
    }

    private Path only(String user, String part) throws IOException {
        List<Path> found = files(user, part);
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** A disk on which one kind of call fails from some moment on. */
    private static final class FailingDisk extends Disk {
        private final String call;
        private final String reason;
        private boolean failing;

        FailingDisk(String call, String reason) {
            this.call = call;
            this.reason = reason;
        }

        private void check(String now) throws FileSystemException {
            if (failing && call.equals(now)) {
                throw new FileSystemException("mail", null, reason);
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

        @Override
        public void forceFolder(Path folder) throws IOException {
            check("folder");
            super.forceFolder(folder);
        }
    }
}
