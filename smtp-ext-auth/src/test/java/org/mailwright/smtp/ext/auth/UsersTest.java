package org.mailwright.smtp.ext.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mailwright.smtp.ext.auth.ServerDialogue.base64;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.store.Argon2Cost;
import org.mailwright.smtp.ext.auth.store.Argon2id;
import org.mailwright.smtp.ext.auth.store.CredentialStore;
import org.mailwright.smtp.ext.auth.store.Credentials;
import org.mailwright.smtp.ext.auth.store.Enroller;
import org.mailwright.smtp.ext.auth.store.UserFile;

/** The pieces together: a file of users, the real hashes, a session. */
class UsersTest {

    private static final Optional<TlsSession> TLS = Optional.of(FakeTls.TLS_13);

    private final SecureRandom random = new SecureRandom();
    private final AuthConfig config = AuthConfig.DEFAULT
            .withArgon2(new Argon2Cost(256, 1, 1))
            .withScram(new ScramPolicy(EnumSet.of(ScramHash.SHA_256), 4096))
            .withFailures(new FailureLimits(5, Duration.ZERO, Duration.ZERO, 10, Duration.ofMinutes(1), 10));
    private final Argon2id hasher = new Argon2id(config.argon2(), random);
    private final Enroller enroller =
            new Enroller(hasher, config.scram().hashes(), config.scram().iterations(), random);

    @TempDir
    private Path folder;

    @Test
    void letsInWhoIsInTheFileNow() throws IOException {
        UserFile users = new UserFile(folder.resolve("users.toml"), hasher, random);
        ServerDialogue.Server server = server(users);
        String alice = "AUTH PLAIN " + base64("\0Alice@Example.test\0secret");
        String refused = "535 5.7.8 Authentication credentials invalid";
        server.connect(TLS).expect(alice, refused);
        users.add(enrol("alice@example.test", "secret"));
        server.connect(TLS).expect(alice, "235 2.7.0 Authentication successful");
        users.replace(enrol("alice@example.test", "changed"));
        server.connect(TLS).expect(alice, refused);
        users.remove(Username.of("alice@example.test"));
        server.connect(TLS).expect("AUTH PLAIN " + base64("\0alice@example.test\0changed"), refused);
    }

    @Test
    void showsTheSameSaltForAnUnknownNameAfterARestart() throws IOException {
        UserFile users = new UserFile(folder.resolve("users.toml"), hasher, random);
        users.add(enrol("alice@example.test", "secret"));
        String first = salt(server(users), "nobody");
        UserFile again = new UserFile(folder.resolve("users.toml"), hasher, random);
        assertEquals(first, salt(server(again), "nobody"));
        assertEquals(first.length(), salt(server(again), "alice@example.test").length());
    }

    @Test
    void isInstalledByItsModule() {
        Injector bare = Guice.createInjector(new AuthModule());
        Set<Extension> extensions = bare.getInstance(Key.get(new TypeLiteral<Set<Extension>>() {}));
        assertEquals(1, extensions.size());
        AuthExtension auth =
                assertInstanceOf(AuthExtension.class, extensions.iterator().next());
        assertEquals("AUTH", auth.id());
        assertEquals(Set.of(Role.SUBMISSION), auth.defaultRoles());
        CredentialStore store = user -> Optional.empty();
        Injector full = Guice.createInjector(
                new AuthModule(), binder -> binder.bind(CredentialStore.class).toInstance(store));
        assertEquals(Optional.of(store), full.getInstance(UserSources.class).store());
        assertTrue(full.getInstance(AuthExtension.class) == full.getInstance(AuthExtension.class));
    }

    @Test
    void isFoundInItsJar() {
        assertTrue(ServiceLoader.load(Extension.class).stream().anyMatch(p -> p.type() == AuthExtension.class));
    }

    @Test
    void offersNothingWithoutUsers() {
        List<Mechanism> none = ServerMechanisms.of(config, UserSources.NONE, random, new TestClock());
        assertEquals(List.of(), none);
        ServerDialogue.Server server = new ServerDialogue.Server(config, none, new TestClock(), Role.SUBMISSION);
        assertFalse(server.connect("192.0.2.1", TLS).says("EHLO client").contains("AUTH"));
    }

    private ServerDialogue.Server server(UserFile users) {
        TestClock clock = new TestClock();
        List<Mechanism> mechanisms = ServerMechanisms.of(config, UserSources.of(users), random, clock);
        return new ServerDialogue.Server(config, mechanisms, clock, Role.SUBMISSION);
    }

    private Credentials enrol(String user, String password) {
        return enroller.enrol(Username.of(user), Secret.of(password));
    }

    private static String salt(ServerDialogue.Server server, String user) {
        String challenge = ServerDialogue.challenge(
                server.connect(TLS).says("AUTH SCRAM-SHA-256 " + base64("n,,n=" + user + ",r=abc")));
        return challenge.substring(challenge.indexOf(",s="));
    }
}
