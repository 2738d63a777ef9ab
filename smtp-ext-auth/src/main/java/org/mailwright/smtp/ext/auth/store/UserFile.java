package org.mailwright.smtp.ext.auth.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users and their salted hashes in a file, in a strict subset of TOML 1.0:
 *
 * <pre>{@code
 * decoy-key = "base64"
 *
 * [[user]]
 * address = "alice@example.test"
 * argon2id = "$argon2id$v=19$m=19456,t=2,p=1$salt$hash"
 * scram-sha-256 = "SCRAM-SHA-256$65536:salt$StoredKey:ServerKey"
 * }</pre>
 *
 * <p>Addresses are kept and compared in the normal form of {@link Username}, so upper and lower case are the same. A
 * file that is missing has no users. Each look-up asks the file system whether the file has changed, and reads it again
 * if so; when it cannot be read any more, the last good content stays in force and a warning is logged once. Changes
 * replace the file at once, for readers and for a crash, mode 0600; two that change it wait for each other at
 * {@code FILE.lock}.
 *
 * @since 0.1.0
 */
public final class UserFile implements CredentialStore {

    private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What tells one state of the file from another without reading it. */
    private record Version(FileTime modified, long size, Optional<Object> identity) {}

    private record Loaded(Optional<Version> version, UserTable table) {}

    private final Path file;
    private final PasswordHasher hasher;
    private final SecureRandom random;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile Loaded loaded;

    /**
     * Opens a file, which need not exist yet.
     *
     * @param hasher knows the form of the hashes in the file
     * @throws UserFileException when the file breaks its format
     * @throws IOException when the file cannot be read
     */
    public UserFile(Path file, PasswordHasher hasher, SecureRandom random) throws IOException {
        this.file = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        this.hasher = hasher;
        this.random = random;
        this.loaded = load();
    }

    @Override
    public Optional<Credentials> find(Username user) throws IOException {
        return Optional.ofNullable(current().users().get(user.value()));
    }

    @Override
    public Optional<byte[]> decoyKey() throws IOException {
        return current().decoyKey().map(Base64.getDecoder()::decode);
    }

    /**
     * All users, by name.
     *
     * @throws IOException when the file cannot be read
     */
    public List<Username> list() throws IOException {
        return current().users().values().stream().map(Credentials::user).toList();
    }

    /**
     * Adds a user; {@code false}, and nothing is changed, when there is one of that name.
     *
     * @throws IOException when the file cannot be changed
     */
    public boolean add(Credentials credentials) throws IOException {
        String name = credentials.user().value();
        return change(users -> !users.containsKey(name), users -> users.put(name, credentials));
    }

    /**
     * Gives a user new credentials; {@code false}, and nothing is changed, when there is no such user.
     *
     * @throws IOException when the file cannot be changed
     */
    public boolean replace(Credentials credentials) throws IOException {
        String name = credentials.user().value();
        return change(users -> users.containsKey(name), users -> users.put(name, credentials));
    }

    /**
     * Removes a user; {@code false}, and nothing is changed, when there is no such user.
     *
     * @throws IOException when the file cannot be changed
     */
    public boolean remove(Username user) throws IOException {
        return change(users -> users.containsKey(user.value()), users -> users.remove(user.value()));
    }

    private boolean change(
            Predicate<SortedMap<String, Credentials>> allowed, Consumer<SortedMap<String, Credentials>> change)
            throws IOException {
        Files.createDirectories(PrivateFile.folder(file));
        loading.lock();
        try (WriteLock held = WriteLock.acquire(file, PATIENCE)) {
            Loaded now = load();
            boolean going = allowed.test(now.table().users());
            if (going) {
                PrivateFile.replace(file, UserFileWriter.write(now.table().with(change, random)));
                now = load();
            }
            loaded = now;
            return going;
        } finally {
            loading.unlock();
        }
    }

    private UserTable current() throws IOException {
        Loaded seen = loaded;
        if (seen.version().equals(version())) {
            return seen.table();
        }
        loading.lock();
        try {
            if (!loaded.version().equals(version())) {
                loaded = reload(loaded.table());
            }
            return loaded.table();
        } finally {
            loading.unlock();
        }
    }

    private Loaded reload(UserTable lastGood) throws IOException {
        Optional<Version> version = version();
        try {
            Loaded next = load();
            int users = next.table().users().size();
            LOG.info("read {} again: {} {}", file, users, users == 1 ? "user" : "users");
            return next;
        } catch (UserFileException e) {
            LOG.warn("the users stay as they were: {}", e.getMessage());
            return new Loaded(version, lastGood);
        }
    }

    /** Reads the file; taken again when it changed under the hand, so that version and content belong together. */
    private Loaded load() throws IOException {
        while (true) {
            Optional<Version> before = version();
            if (before.isEmpty()) {
                return new Loaded(before, UserTable.EMPTY);
            }
            if (before.get().size() > UserFileReader.MAX_OCTETS) {
                throw new IOException(file + " is larger than " + UserFileReader.MAX_OCTETS + " octets");
            }
            byte[] content;
            try {
                content = Files.readAllBytes(file);
            } catch (NoSuchFileException removedMeanwhile) {
                continue;
            }
            if (before.equals(version())) {
                return new Loaded(before, UserFileReader.read(file, content, hasher));
            }
        }
    }

    private Optional<Version> version() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Version(now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "UserFile[" + file + "]";
    }
}
