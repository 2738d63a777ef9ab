package org.mailwright.smtp.ext.auth.scram;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mailwright.smtp.ext.auth.sasl.Secret;

/**
 * A hash function with which SCRAM is used, and the formulas of RFC 5802 section 3 that are built on it.
 *
 * @since 0.1.0
 */
public enum ScramHash {
    /** RFC 5802. */
    SHA_1("SCRAM-SHA-1", "SHA-1", "HmacSHA1", 20),
    /** RFC 7677. */
    SHA_256("SCRAM-SHA-256", "SHA-256", "HmacSHA256", 32),
    /** The form of RFC 7677 with SHA-512. */
    SHA_512("SCRAM-SHA-512", "SHA-512", "HmacSHA512", 64);

    /** The fewest iterations that a server may ask for (RFC 5802 section 5.1, RFC 7677 section 4). */
    public static final int MIN_ITERATIONS = 4096;

    private static final byte[] CLIENT_KEY = "Client Key".getBytes(US_ASCII);
    private static final byte[] SERVER_KEY = "Server Key".getBytes(US_ASCII);

    private final String mechanism;
    private final String digest;
    private final String mac;
    private final int octets;

    ScramHash(String mechanism, String digest, String mac, int octets) {
        this.mechanism = mechanism;
        this.digest = digest;
        this.mac = mac;
        this.octets = octets;
    }

    /** The hash of a mechanism's name, {@code -PLUS} or not; empty when SCRAM has none of that name. */
    public static Optional<ScramHash> named(String mechanism) {
        for (ScramHash hash : values()) {
            if (hash.mechanism.equals(mechanism) || hash.plusMechanism().equals(mechanism)) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }

    /** The name of the mechanism without channel binding. */
    public String mechanism() {
        return mechanism;
    }

    /** The name of the mechanism with channel binding. */
    public String plusMechanism() {
        return mechanism + "-PLUS";
    }

    /** The length of a hash value, in octets. */
    public int octets() {
        return octets;
    }

    /** {@code H(data)}. */
    public byte[] hash(byte[] data) {
        try {
            return MessageDigest.getInstance(digest).digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + digest, e);
        }
    }

    /** {@code HMAC(key, data)}. */
    public byte[] hmac(byte[] key, byte[] data) {
        return keyed(key).doFinal(data);
    }

    /** {@code SaltedPassword}: PBKDF2 of one block, the costly step; time grows with the iterations. */
    public byte[] saltedPassword(Secret password, byte[] salt, int iterations) {
        Mac hmac = keyed(password.octets());
        hmac.update(salt);
        byte[] last = hmac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(1).array());
        byte[] sum = last.clone();
        for (int i = 1; i < iterations; i++) {
            last = hmac.doFinal(last);
            xorInto(sum, last);
        }
        return sum;
    }

    /** {@code ClientKey} of a salted password. */
    public byte[] clientKey(byte[] saltedPassword) {
        return hmac(saltedPassword, CLIENT_KEY);
    }

    /** {@code ServerKey} of a salted password. */
    public byte[] serverKey(byte[] saltedPassword) {
        return hmac(saltedPassword, SERVER_KEY);
    }

    /** The exclusive or of two values of equal length. */
    public static byte[] xor(byte[] one, byte[] other) {
        byte[] sum = one.clone();
        xorInto(sum, other);
        return sum;
    }

    private static void xorInto(byte[] sum, byte[] other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= other[i];
        }
    }

    private Mac keyed(byte[] key) {
        try {
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(key, mac));
            return hmac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + mac, e);
        }
    }
}
