package org.mailwright.smtp.ext.auth.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.ext.auth.FixedRandom;
import org.mailwright.smtp.ext.auth.sasl.Secret;

class Argon2idTest {

    private final Argon2id hasher = new Argon2id(new Argon2Cost(64, 1, 1), new FixedRandom());

    /** Made by the reference implementation (its own tests, version 0x13, Argon2id, "password" and "somesalt"). */
    @Test
    void agreesWithTheReferenceImplementation() {
        assertTrue(hasher.verify(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                Secret.of("password")));
        assertFalse(hasher.verify(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                Secret.of("differentpassword")));
    }

    @Test
    void checksItsOwnHashes() {
        String hash = hasher.hash(Secret.of("secret"));
        assertTrue(hash.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), hash);
        assertTrue(hasher.verify(hash, Secret.of("secret")));
        assertFalse(hasher.verify(hash, Secret.of("Secret")));
        assertNotEquals(hash, hasher.hash(Secret.of("secret")));
    }

    @Test
    void makesDecoysThatLookLikeHashes() {
        assertEquals(hasher.hash(Secret.of("secret")).length(), hasher.decoy().length());
        assertTrue(hasher.recognises(hasher.decoy()));
        assertFalse(hasher.verify(hasher.decoy(), Secret.of("secret")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=1000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=1,p=100$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$",
                "$argon2id$v=19$m=64,t=1,p=1$$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            })
    void refusesWhatIsNoHash(String text) {
        assertFalse(hasher.recognises(text));
        assertFalse(hasher.verify(text, Secret.of("secret")));
    }

    @ParameterizedTest
    @CsvSource({
        "7,1,1,argon2-memory",
        "1048577,1,1,argon2-memory",
        "64,0,1,argon2-passes",
        "64,65,1,argon2-passes",
        "64,1,0,argon2-lanes",
        "512,1,17,argon2-lanes",
        "64,1,16,argon2-memory"
    })
    void namesTheKeyOfACostOutOfBounds(int memory, int passes, int lanes, String key) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> new Argon2Cost(memory, passes, lanes));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(key), refusal.getMessage());
    }
}
