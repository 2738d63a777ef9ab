package org.mailwright.smtp.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a webhook: HMAC-SHA256 over the time, the envelope and the mail, so that nobody else can post one,
 * change one, or post one again later.
 *
 * <p>What is signed are the octets of {@code TIMESTAMP "\n" IDEMPOTENCY-KEY "\n" FROM "\n" TO "\n"}, each as it stands
 * in its field, and then those of the body. A receiver computes the same, compares in constant time, and refuses a
 * timestamp that is more than {@link #SKEW} away from its clock; within that time it tells a repetition by the
 * idempotency key. Both are to be done before anything else is believed.
 *
 * @param key the shared secret; at least 16 octets
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // a secret that nobody compares
public record WebhookSignature(byte[] key) {
    /** How far the clocks of sender and receiver may be apart. */
    public static final Duration SKEW = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 16;

    /** Copies the key. */
    public WebhookSignature {
        key = key.clone();
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("secret: expected at least " + SHORTEST_KEY + " octets");
        }
    }

    /**
     * What is said of a mail in the fields of a request.
     *
     * @param timestamp seconds since 1970
     * @param idempotencyKey names mail and recipient
     * @param from the reverse-path, encoded
     * @param to the forward-path, encoded
     */
    public record Claims(String timestamp, String idempotencyKey, String from, String to) {}

    /**
     * Computes the signature.
     *
     * @param body read to its end, left open
     * @return {@code sha256=} and 64 hexadecimal digits
     */
    public String sign(Claims claims, InputStream body) throws IOException {
        Mac mac = mac();
        mac.update(
                (claims.timestamp() + "\n" + claims.idempotencyKey() + "\n" + claims.from() + "\n" + claims.to() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        byte[] buffer = new byte[16 * 1024];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            mac.update(buffer, 0, count);
        }
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal());
    }

    /**
     * Tells whether a signature is right and of now: what a receiver does.
     *
     * @param now the receiver's time
     */
    public boolean verify(String signature, Claims claims, InputStream body, Instant now) throws IOException {
        if (!claims.timestamp().matches("[0-9]{1,12}")) {
            return false;
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(claims.timestamp()));
        boolean fresh = Duration.between(signed, now).abs().compareTo(SKEW) <= 0;
        return MessageDigest.isEqual(
                        sign(claims, body).getBytes(StandardCharsets.US_ASCII),
                        signature.getBytes(StandardCharsets.US_ASCII))
                && fresh;
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "WebhookSignature";
    }
}
