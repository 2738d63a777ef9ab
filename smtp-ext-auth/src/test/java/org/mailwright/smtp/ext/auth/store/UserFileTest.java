package org.mailwright.smtp.ext.auth.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;

class UserFileTest {

    private static final Username ALICE = Username.of("alice@example.test");
    private static final Username ODD = Username.of("o\"d\\d@example.test");

    private final SecureRandom random = new SecureRandom();
    private final Argon2id hasher = new Argon2id(new Argon2Cost(64, 1, 1), random);
    private final Enroller enroller = new Enroller(hasher, Set.of(ScramHash.values()), 4096, random);

    @TempDir
    private Path folder;

    @Test
    void keepsUsersAcrossARestart() throws IOException {
        UserFile users = open();
        Credentials alice = enrol(ALICE, "secret");
        assertTrue(users.add(alice));
        assertTrue(users.add(enrol(ODD, "other")));
        UserFile again = open();
        assertEquals(List.of(ALICE, ODD), again.list());
        assertEquals(Optional.of(alice), again.find(Username.of("ALICE@example.TEST")));
        assertTrue(hasher.verify(alice.passwordHash().orElseThrow(), Secret.of("secret")));
        assertEquals(Optional.empty(), again.find(Username.of("bob@example.test")));
        assertArrayEquals(users.decoyKey().orElseThrow(), again.decoyKey().orElseThrow());
    }

    @Test
    void addsReplacesAndRemoves() throws IOException {
        UserFile users = open();
        assertFalse(users.replace(enrol(ALICE, "secret")));
        assertFalse(users.remove(ALICE));
        assertFalse(Files.exists(folder.resolve("users.toml")), "a refused change writes nothing");
        assertTrue(users.add(enrol(ALICE, "secret")));
        assertFalse(users.add(enrol(ALICE, "again")));
        Credentials changed = enrol(ALICE, "changed");
        assertTrue(users.replace(changed));
        assertEquals(Optional.of(changed), users.find(ALICE));
        assertTrue(users.remove(ALICE));
        assertEquals(List.of(), users.list());
        assertEquals(Optional.empty(), users.find(ALICE));
    }

    @Test
    void hasNoUsersWhileTheFileIsMissing() throws IOException {
        UserFile users = open();
        assertEquals(List.of(), users.list());
        assertEquals(Optional.empty(), users.decoyKey());
    }

    @Test
    void seesWhatOthersChanged() throws IOException {
        UserFile server = open();
        UserFile command = open();
        command.add(enrol(ALICE, "secret"));
        assertTrue(server.find(ALICE).isPresent());
        command.remove(ALICE);
        assertTrue(server.find(ALICE).isEmpty());
        command.add(enrol(ALICE, "secret"));
        Files.delete(folder.resolve("users.toml"));
        assertTrue(server.find(ALICE).isEmpty());
    }

    @Test
    void keepsTheLastGoodContentWhenTheFileIsBroken() throws IOException {
        UserFile users = open();
        users.add(enrol(ALICE, "secret"));
        Files.writeString(folder.resolve("users.toml"), "[[user]\n");
        assertTrue(users.find(ALICE).isPresent());
        assertThrows(UserFileException.class, () -> users.remove(ALICE), "a broken file is not written over");
        assertThrows(UserFileException.class, this::open);
        Files.writeString(folder.resolve("users.toml"), "# mended\n");
        assertTrue(users.find(ALICE).isEmpty());
    }

    @Test
    void isReadableByItsOwnerOnlyAndLeavesNothingBehind() throws IOException {
        UserFile users = open();
        users.add(enrol(ALICE, "secret"));
        Path file = folder.resolve("users.toml");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        users.add(enrol(ODD, "secret"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("users.toml", "users.toml.lock"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void followsALinkInsteadOfReplacingIt() throws IOException {
        Path target = Files.createDirectory(folder.resolve("real")).resolve("users.toml");
        Files.writeString(target, "");
        Path link = Files.createSymbolicLink(folder.resolve("link.toml"), target);
        new UserFile(link, hasher, random).add(enrol(ALICE, "secret"));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(target).contains("alice@example.test"));
    }

    @Test
    void losesNoUserWhenManyWriteAtOnce() throws Exception {
        List<Credentials> all = IntStream.range(0, 12)
                .mapToObj(i -> enrol(Username.of("u" + i + "@example.test"), "secret"))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> results = all.stream()
                    .map(credentials -> threads.submit(() -> open().add(credentials)))
                    .toList();
            for (Future<Boolean> result : results) {
                assertTrue(result.get());
            }
        }
        assertEquals(12, open().list().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "address = \"a@b\" | 1: address: expected decoy-key or [[user]] here",
                "decoy-key = \"AAAA\" | 1: decoy-key: expected 16 to 64 octets in base64",
                "decoy-key = \"?\" | 1: decoy-key: expected base64",
                "nonsense | '1: expected [[user]], key = \"value\", a comment or an empty line'",
                "[[users]] | '1: expected [[user]], key = \"value\", a comment or an empty line'",
                "[[user]]~argon2id = \"x\" | 2: argon2id: expected $argon2id$v=19$m=…,t=…,p=…$salt$hash",
                "[[user]]~scram-sha-256 = \"x\" | 2: scram-sha-256: expected"
                        + " SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey",
                "[[user]]~password = \"x\" | '2: password: expected address, argon2id, scram-sha-1, scram-sha-256 or"
                        + " scram-sha-512'",
                "[[user]]~address = a@b | '2: address: expected a text in double quotes, on one line'",
                "[[user]]~address = \"a@b\" x | '2: address: expected a text in double quotes, on one line'",
                "[[user]]~address = \"a\\q\" | '2: address: expected a text in double quotes, on one line'",
                "[[user]]~address = \"a b\" | 2: address: user name holds the forbidden character U+0020",
                "[[user]]~address = \"a@b\"~address = \"c@d\" | 3: address: is given twice for this user",
                "[[user]]~address = \"a@b\"~~[[user]]~address = \"A@B\" | 5: address: another user above has the same"
                        + " address",
                "# one~[[user]]~~[[user]]~address = \"a@b\" | 2: address: is missing for this user",
            })
    void saysWhatIsWrongAndWhere(String content, String message) throws IOException {
        Path file = folder.resolve("users.toml");
        Files.writeString(file, content.replace('~', '\n'));
        Exception refusal = assertThrows(UserFileException.class, this::open);
        assertEquals(file.toRealPath() + ":" + message, refusal.getMessage());
    }

    @Test
    void takesCommentsBlanksAndEscapes() throws IOException {
        Files.writeString(
                folder.resolve("users.toml"),
                "# a comment\r\n\r\n  [[ user ]]  # alice\r\n\taddress=\"\\u0061lice\\u0040example.test\" # her\r\n");
        assertEquals(List.of(ALICE), open().list());
    }

    @Test
    void showsNoHash() throws IOException {
        UserFile users = open();
        Credentials alice = enrol(ALICE, "secret");
        users.add(alice);
        assertFalse((users.toString() + alice).contains("$"));
    }

    private UserFile open() throws IOException {
        return new UserFile(folder.resolve("users.toml"), hasher, random);
    }

    private Credentials enrol(Username user, String password) {
        return enroller.enrol(user, Secret.of(password));
    }
}
