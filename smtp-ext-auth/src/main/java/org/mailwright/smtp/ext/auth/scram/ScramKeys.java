package org.mailwright.smtp.ext.auth.scram;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.ext.auth.sasl.Secret;

/**
 * What a server keeps of a password for SCRAM (RFC 5802 section 3): enough to check a client, too little to pose as
 * one.
 *
 * @since 0.1.0
 */
public final class ScramKeys {

    /** The most iterations that stored keys may have. */
    public static final int MAX_ITERATIONS = 10_000_000;

    private static final String BASE64 = "([A-Za-z0-9+/=]{1,128})";
    private static final Pattern TEXT =
            Pattern.compile("(SCRAM-SHA-\\d{1,3})\\$(\\d{1,8}):" + BASE64 + "\\$" + BASE64 + ":" + BASE64);

    private final ScramHash hash;
    private final int iterations;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    /**
     * Keys that were derived before.
     *
     * @param iterations {@value ScramHash#MIN_ITERATIONS} to {@value #MAX_ITERATIONS}
     * @param salt 8 to 64 octets
     * @param storedKey as many octets as the hash has
     * @param serverKey as many octets as the hash has
     * @throws IllegalArgumentException when a value is out of these bounds
     */
    public ScramKeys(ScramHash hash, int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
        if (iterations < ScramHash.MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "iterations must be " + ScramHash.MIN_ITERATIONS + " to " + MAX_ITERATIONS + ", not " + iterations);
        }
        if (salt.length < 8 || salt.length > 64) {
            throw new IllegalArgumentException("salt must have 8 to 64 octets, not " + salt.length);
        }
        if (storedKey.length != hash.octets() || serverKey.length != hash.octets()) {
            throw new IllegalArgumentException("keys of " + hash.mechanism() + " have " + hash.octets() + " octets");
        }
        this.hash = hash;
        this.iterations = iterations;
        this.salt = salt.clone();
        this.storedKey = storedKey.clone();
        this.serverKey = serverKey.clone();
    }

    /** The keys of a password. Costs {@code iterations} rounds of HMAC. */
    public static ScramKeys derive(ScramHash hash, Secret password, byte[] salt, int iterations) {
        byte[] salted = hash.saltedPassword(password, salt, iterations);
        try {
            return new ScramKeys(hash, iterations, salt, hash.hash(hash.clientKey(salted)), hash.serverKey(salted));
        } finally {
            Arrays.fill(salted, (byte) 0);
        }
    }

    /** The keys of a text as {@link #text()} writes it; empty when it is none. */
    public static Optional<ScramKeys> parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] salt = base64.decode(m.group(3));
            byte[] stored = base64.decode(m.group(4));
            byte[] server = base64.decode(m.group(5));
            return ScramHash.named(m.group(1))
                    .map(hash -> new ScramKeys(hash, Integer.parseInt(m.group(2)), salt, stored, server));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}, as RFC 5803 and PostgreSQL write it. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return hash.mechanism()
                + '$'
                + iterations
                + ':'
                + base64.encodeToString(salt)
                + '$'
                + base64.encodeToString(storedKey)
                + ':'
                + base64.encodeToString(serverKey);
    }

    /** The hash function. */
    public ScramHash hash() {
        return hash;
    }

    /** How many rounds the client has to compute. */
    public int iterations() {
        return iterations;
    }

    /** The salt, a copy. */
    public byte[] salt() {
        return salt.clone();
    }

    /** Whether a client's proof over a dialogue shows that it knows the password; takes the same time either way. */
    public boolean proves(byte[] authMessage, byte[] proof) {
        if (proof.length != hash.octets()) {
            return false;
        }
        byte[] clientKey = ScramHash.xor(hash.hmac(storedKey, authMessage), proof);
        return MessageDigest.isEqual(hash.hash(clientKey), storedKey);
    }

    /** The signature over a dialogue by which the server proves itself to the client. */
    public byte[] serverSignature(byte[] authMessage) {
        return hash.hmac(serverKey, authMessage);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScramKeys that
                && hash == that.hash
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt)
                && MessageDigest.isEqual(storedKey, that.storedKey)
                && MessageDigest.isEqual(serverKey, that.serverKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "ScramKeys[" + hash.mechanism() + ", iterations=" + iterations + "]";
    }
}
