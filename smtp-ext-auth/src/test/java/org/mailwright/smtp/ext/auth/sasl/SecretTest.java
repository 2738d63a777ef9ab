package org.mailwright.smtp.ext.auth.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @Test
    void hasOneFormForOnePassword() {
        byte[] composed = Secret.of("p\u00E4ss").octets();
        assertArrayEquals(composed, Secret.of("pa\u0308ss").octets());
        assertArrayEquals(
                composed,
                Secret.parse("pa\u0308ss".getBytes(UTF_8)).orElseThrow().octets());
        assertArrayEquals("a b".getBytes(UTF_8), Secret.of("a\u00A0b").octets());
    }

    @Test
    void keepsUpperCaseAndSpaces() {
        assertArrayEquals(
                " Pass Word ".getBytes(UTF_8), Secret.of(" Pass Word ").octets());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\nb", "a\u007F", "\u00E4\u0085"})
    void refusesWhatCannotBeAPassword(String typed) {
        assertTrue(Secret.parse(typed.getBytes(UTF_8)).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Secret.of(typed));
    }

    @Test
    void refusesOctetsThatAreNoUtf8AndSecretsThatAreTooLong() {
        assertTrue(Secret.parse(new byte[] {'a', (byte) 0xFF}).isEmpty());
        assertTrue(
                Secret.parse("a".repeat(Secret.MAX_OCTETS + 1).getBytes(UTF_8)).isEmpty());
    }

    @Test
    void isErasedWhenClosedAndNeverShown() {
        Secret secret = Secret.of("hunter2");
        Secret copy = secret.copy();
        assertFalse(secret.toString().contains("hunter2"));
        secret.close();
        assertArrayEquals(new byte[7], secret.octets());
        assertEquals("hunter2", new String(copy.octets(), UTF_8));
    }
}
