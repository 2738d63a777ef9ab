package org.mailwright.smtp.ext.auth.store;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.mailwright.smtp.ext.auth.sasl.Secret;

/**
 * Password hashes by Argon2id (RFC 9106).
 *
 * <p>New hashes have the cost given here; a hash is checked with the cost that it names itself, within the bounds of
 * {@link Argon2Cost}. With the usual cost one hash takes 19 MiB of memory and about 50 to 90 milliseconds.
 *
 * @since 0.1.0
 */
public final class Argon2id implements PasswordHasher {

    private static final int SALT_OCTETS = 16;
    private static final int TAG_OCTETS = 32;
    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private record Parsed(Argon2Cost cost, String salt, String tag) {
        boolean fits(Secret password) {
            byte[] expected = Base64.getDecoder().decode(tag);
            byte[] actual = compute(cost, Base64.getDecoder().decode(salt), expected.length, password);
            return MessageDigest.isEqual(expected, actual);
        }
    }

    private final Argon2Cost cost;
    private final SecureRandom random;

    /** Hashes with this cost. */
    public Argon2id(Argon2Cost cost, SecureRandom random) {
        this.cost = cost;
        this.random = random;
    }

    @Override
    public String hash(Secret password) {
        byte[] salt = randomOctets(SALT_OCTETS);
        return text(salt, compute(cost, salt, TAG_OCTETS, password));
    }

    @Override
    public boolean verify(String hash, Secret password) {
        return parse(hash).filter(parsed -> parsed.fits(password)).isPresent();
    }

    @Override
    public boolean recognises(String hash) {
        return parse(hash).isPresent();
    }

    @Override
    public String decoy() {
        return text(randomOctets(SALT_OCTETS), randomOctets(TAG_OCTETS));
    }

    private byte[] randomOctets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private String text(byte[] salt, byte[] tag) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes() + '$'
                + base64.encodeToString(salt) + '$' + base64.encodeToString(tag);
    }

    private static byte[] compute(Argon2Cost cost, byte[] salt, int octets, Secret password) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] tag = new byte[octets];
        generator.generateBytes(password.octets(), tag);
        return tag;
    }

    private static Optional<Parsed> parse(String phc) {
        Matcher m = PHC.matcher(phc);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            Argon2Cost cost = new Argon2Cost(
                    Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
            Base64.getDecoder().decode(m.group(4));
            Base64.getDecoder().decode(m.group(5));
            return Optional.of(new Parsed(cost, m.group(4), m.group(5)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
