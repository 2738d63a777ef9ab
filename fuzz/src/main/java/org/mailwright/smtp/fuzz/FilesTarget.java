package org.mailwright.smtp.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.Argon2Cost;
import org.mailwright.smtp.ext.auth.store.Argon2id;
import org.mailwright.smtp.ext.auth.store.UserFile;
import org.mailwright.smtp.ext.auth.store.UserFileException;
import org.mailwright.smtp.ext.tls.KeySource;
import org.mailwright.smtp.ext.tls.TlsMaterialException;
import org.mailwright.smtp.ext.tls.TlsServerConfig;
import org.mailwright.smtp.ext.tls.TlsServerContext;

/**
 * Files that people write: users, keys and certificates. A bad one is refused with the exception that says so, and with
 * nothing else.
 *
 * @since 0.1.0
 */
public final class FilesTarget {

    private static final Path FOLDER = folder();

    private FilesTarget() {}

    /** Takes an octet that says which kind of file, then its content. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(data, 1, data.length);
        if ((data[0] & 1) == 0) {
            users(content);
        } else {
            keys(content);
        }
    }

    private static void users(byte[] content) throws IOException {
        Path file = Files.write(FOLDER.resolve("users.toml"), content);
        try {
            UserFile users =
                    new UserFile(file, new Argon2id(Argon2Cost.DEFAULT, new SecureRandom()), new SecureRandom());
            for (Username user : users.list()) {
                Check.noControl(user.value(), "a user name");
                Check.that(users.find(user).isPresent(), "a user is in the list and not to be found");
            }
        } catch (UserFileException refused) {
            said(refused);
        }
    }

    private static void keys(byte[] content) throws IOException {
        Path file = Files.write(FOLDER.resolve("key.pem"), content);
        try {
            TlsServerContext.open(TlsServerConfig.of(new KeySource.Files(file, file)));
        } catch (TlsMaterialException refused) {
            said(refused);
        }
    }

    private static void said(IOException refused) {
        String message = String.valueOf(refused.getMessage());
        Check.noControl(message, "the refusal");
        Check.that(message.contains(FOLDER.toString()), "the refusal does not say which file: " + message);
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("mailwright-fuzz");
            folder.toFile().deleteOnExit();
            folder.resolve("users.toml").toFile().deleteOnExit();
            folder.resolve("key.pem").toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
