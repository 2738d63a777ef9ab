package org.mailwright.smtp.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * File names made of what strangers send: one name in, one path component out, never a separator, never {@code ..}.
 *
 * <p>Octets other than {@code a-z 0-9 . _ + -} become {@code %XX}, and so does a leading dot. The result is different
 * for different names, and short enough for any file system.
 */
final class PathNames {
    /** Longest component in octets; leaves room below the usual 255 for what a reader appends. */
    static final int LONGEST = 128;

    private static final int KEPT = 80;
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    private PathNames() {}

    static String component(String name) {
        if (name.isEmpty()) {
            return "%"; // no other name gives a percent sign without two digits
        }
        StringBuilder encoded = new StringBuilder(name.length() + 8);
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (plain(octet) && !(octet == '.' && encoded.isEmpty())) {
                encoded.append((char) octet);
            } else {
                encoded.append('%');
                UPPER.toHexDigits(encoded, octet);
            }
        }
        if (encoded.length() <= LONGEST) {
            return encoded.toString();
        }
        // "~" is never plain, so that a shortened name cannot be another's full one
        return encoded.substring(0, KEPT) + '~' + digest(name).substring(0, LONGEST - KEPT - 1);
    }

    /** The SHA-256 of the parts in lower-case hexadecimal, each part with its length so that borders cannot shift. */
    static String digest(String... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] octets = part.getBytes(StandardCharsets.UTF_8);
                sha.update((octets.length + ":").getBytes(StandardCharsets.US_ASCII));
                sha.update(octets);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static boolean plain(byte octet) {
        return switch (octet) {
            case '.', '_', '+', '-' -> true;
            default -> (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9');
        };
    }
}
