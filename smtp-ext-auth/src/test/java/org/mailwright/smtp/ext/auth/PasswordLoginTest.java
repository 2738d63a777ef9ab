package org.mailwright.smtp.ext.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.mail.Identity;

class PasswordLoginTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 4000);

    private final AuthExtension auth = new AuthExtension(
            AuthConfig.DEFAULT.withFailures(
                    new FailureLimits(6, Duration.ZERO, Duration.ZERO, 2, Duration.ofMinutes(10), 10)),
            UserSources.NONE.withPasswords((user, password) -> {
                if (user.value().equals("down")) {
                    throw new IOException("the directory is down");
                }
                return new String(password.octets(), StandardCharsets.UTF_8).equals("sesame");
            }),
            List.of(),
            new SecureRandom(),
            InstantSource.system());

    @Test
    void usersAreThoseOfAuth() throws IOException {
        PasswordLogin login = auth.passwordLogin().orElseThrow();
        assertEquals(Optional.of(new Identity("alice", "PLAIN")), login.check("Alice", "sesame", CLIENT));
        assertEquals(Optional.empty(), login.check("alice", "other", CLIENT));
        assertThrows(IOException.class, () -> login.check("down", "sesame", CLIENT));
    }

    @Test
    void nobodyGuessesForLong() throws IOException {
        PasswordLogin login = auth.passwordLogin().orElseThrow();
        assertEquals(Optional.empty(), login.check("alice\0sesame", "", CLIENT), "it is no password");
        assertEquals(Optional.empty(), login.check("", "sesame", CLIENT));
        assertThrows(IOException.class, () -> login.check("alice", "sesame", CLIENT));
        assertEquals(
                Optional.of(new Identity("alice", "PLAIN")),
                login.check("alice", "sesame", new InetSocketAddress("192.0.2.2", 4000)));
    }

    @Test
    void withoutPlainThereIsNone() {
        assertEquals(
                Optional.empty(),
                new AuthExtension(AuthConfig.DEFAULT.withMechanisms("SCRAM-SHA-256"), UserSources.of(new MapStore()))
                        .passwordLogin());
        assertEquals(Optional.empty(), new AuthExtension().passwordLogin());
    }
}
