package org.mailwright.smtp.ext.auth.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.ext.auth.CountingHasher;
import org.mailwright.smtp.ext.auth.MapStore;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;

class StoredPasswordsTest {

    private static final Username ALICE = Username.of("alice@example.test");
    private static final Username NOBODY = Username.of("nobody@example.test");
    private static final Username SCRAM_ONLY = Username.of("scram@example.test");

    private final CountingHasher hasher = new CountingHasher();
    private final HashingPool pool = new HashingPool(1, Duration.ofSeconds(5));
    private final MapStore store = new MapStore()
            .with(new Credentials(ALICE, Optional.of(hasher.hash(Secret.of("secret"))), Map.of()))
            .with(new Credentials(SCRAM_ONLY, Optional.empty(), Map.of()));
    private final StoredPasswords passwords = new StoredPasswords(store, hasher, pool);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void acceptsTheRightPasswordOnly() throws IOException {
        assertTrue(passwords.verify(ALICE, Secret.of("secret")));
        assertFalse(passwords.verify(ALICE, Secret.of("secret2")));
        assertFalse(passwords.verify(ALICE, Secret.of("secre")));
        assertFalse(passwords.verify(NOBODY, Secret.of("secret")));
    }

    @Test
    void hashesOnceForEveryAttempt() throws IOException {
        for (Username user : List.of(ALICE, NOBODY, SCRAM_ONLY)) {
            hasher.verified.clear();
            passwords.verify(user, Secret.of("wrong"));
            assertEquals(1, hasher.verified.size(), user.value());
        }
    }

    @Test
    void neverAcceptsTheDecoy() throws IOException {
        assertFalse(passwords.verify(NOBODY, Secret.of("a decoy")));
        assertFalse(passwords.verify(SCRAM_ONLY, Secret.of("a decoy")));
    }

    @Test
    void passesOnThatTheStoreIsBroken() {
        store.broken = true;
        assertThrows(IOException.class, () -> passwords.verify(ALICE, Secret.of("secret")));
    }

    @Test
    void refusesWorkWhenAllThreadsAreTakenForTooLong() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (HashingPool busy = new HashingPool(1, Duration.ofMillis(1))) {
            Thread holder = Thread.ofVirtual().start(() -> {
                try {
                    busy.run(() -> {
                        begun.countDown();
                        return await(release);
                    });
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(begun.await(5, TimeUnit.SECONDS));
            assertThrows(HashingBusyException.class, () -> busy.run(() -> 1));
            release.countDown();
            holder.join();
            assertEquals(2, busy.run(() -> 2));
        }
    }

    @Test
    void refusesWorkAfterItsEnd() {
        pool.close();
        assertThrows(IOException.class, () -> pool.run(() -> 1));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
