package org.mailwright.smtp.ext.auth.scram;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.ext.auth.sasl.Secret;

class ScramHashTest {

    @Test
    void derivesKeysAsPbkdf2Does() {
        // RFC 6070, cases 1 to 3.
        byte[] salt = "salt".getBytes(US_ASCII);
        assertEquals("0c60c80f961f0e71f3a9b524af6012062fe037a6", hex(salt, 1));
        assertEquals("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957", hex(salt, 2));
        assertEquals("4b007901b765489abead49d926f721d065a429c1", hex(salt, 4096));
    }

    @Test
    void knowsItsMechanisms() {
        assertEquals(Optional.of(ScramHash.SHA_256), ScramHash.named("SCRAM-SHA-256"));
        assertEquals(Optional.of(ScramHash.SHA_512), ScramHash.named("SCRAM-SHA-512-PLUS"));
        assertEquals(Optional.empty(), ScramHash.named("SCRAM-SHA-224"));
    }

    @Test
    void writesKeysAndReadsThemAgain() {
        for (ScramHash hash : ScramHash.values()) {
            ScramKeys keys = ScramKeys.derive(hash, Secret.of("pencil"), new byte[16], 4096);
            assertEquals(Optional.of(keys), ScramKeys.parse(keys.text()));
            assertFalse(keys.toString().contains(Base64.getEncoder().encodeToString(new byte[16])));
        }
    }

    @Test
    void refusesKeysThatBreakTheirForm() {
        String good = ScramKeys.derive(ScramHash.SHA_256, Secret.of("pencil"), new byte[16], 4096)
                .text();
        assertEquals(Optional.empty(), ScramKeys.parse(good.replace("SHA-256", "SHA-512")));
        assertEquals(Optional.empty(), ScramKeys.parse(good.replace("SHA-256", "SHA-224")));
        assertEquals(Optional.empty(), ScramKeys.parse(good.replace("4096", "4095")));
        assertEquals(Optional.empty(), ScramKeys.parse(good.replace("4096", "99999999")));
        assertEquals(Optional.empty(), ScramKeys.parse(good.replace(':', ';')));
        assertEquals(Optional.empty(), ScramKeys.parse(good + "="));
        assertEquals(Optional.empty(), ScramKeys.parse(""));
    }

    private static String hex(byte[] salt, int iterations) {
        return HexFormat.of().formatHex(ScramHash.SHA_1.saltedPassword(Secret.of("password"), salt, iterations));
    }
}
