package org.mailwright.smtp.ext.auth.sasl;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import org.mailwright.smtp.core.text.Utf8;

/**
 * The name of a user in its normal form, in which it is stored, looked up and compared.
 *
 * <p>The form is that of the profile UsernameCaseMapped of RFC 8265 section 3.3: wide and narrow forms become ordinary
 * ones, letters lower case, and the whole Unicode normal form C. Printable ASCII is allowed without the space; beyond
 * ASCII, letters, digits and marks that have no compatibility form. The rule for mixed writing directions (RFC 5893) is
 * not applied. At most {@value #MAX_OCTETS} octets of UTF-8: a local part, {@code @} and a domain.
 *
 * @param value the name in its normal form
 * @since 0.1.0
 */
public record Username(String value) {

    /** The longest name, in octets of UTF-8. */
    public static final int MAX_OCTETS = 320;

    /**
     * Checks that the name is in its normal form; {@link #of} makes it so.
     *
     * @throws IllegalArgumentException when it is not
     */
    public Username {
        if (!normalForm(value).equals(value)) {
            throw new IllegalArgumentException("user name is not in its normal form");
        }
    }

    /**
     * The user of a name as somebody typed it.
     *
     * @throws IllegalArgumentException when the name is empty, too long or holds a forbidden character; the message
     *     says which
     */
    public static Username of(String name) {
        return new Username(normalForm(name));
    }

    /** The user of a name that a peer sent; empty when it cannot be the name of a user. */
    public static Optional<Username> parse(String name) {
        try {
            return Optional.of(of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The user of a name that a peer sent as octets; empty when they are no UTF-8 or cannot be the name of a user. */
    public static Optional<Username> parse(byte[] utf8) {
        return utf8.length > MAX_OCTETS ? Optional.empty() : Utf8.decode(utf8).flatMap(Username::parse);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String normalForm(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("user name is empty");
        }
        if (name.length() > MAX_OCTETS) {
            throw new IllegalArgumentException("user name is longer than " + MAX_OCTETS + " octets");
        }
        StringBuilder mapped = new StringBuilder(name.length());
        name.codePoints().map(Username::narrow).map(Character::toLowerCase).forEach(mapped::appendCodePoint);
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFC);
        normal.codePoints().forEach(Username::check);
        if (normal.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
            throw new IllegalArgumentException("user name is longer than " + MAX_OCTETS + " octets");
        }
        return normal;
    }

    /** Full-width and half-width forms are the same letters in another width (RFC 8265 section 3.3.2). */
    private static int narrow(int codePoint) {
        if (codePoint < 0xFF00 || codePoint > 0xFFEF) {
            return codePoint;
        }
        String one = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        return one.codePointCount(0, one.length()) == 1 ? one.codePointAt(0) : codePoint;
    }

    private static void check(int codePoint) {
        if (codePoint < 0x80 ? codePoint <= ' ' || codePoint == 0x7F : !wordCharacter(codePoint)) {
            throw new IllegalArgumentException(
                    String.format("user name holds the forbidden character U+%04X", codePoint));
        }
    }

    private static boolean wordCharacter(int codePoint) {
        int type = Character.getType(codePoint);
        boolean word = Character.isLetterOrDigit(codePoint)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
        return word && Normalizer.isNormalized(Character.toString(codePoint), Normalizer.Form.NFKC);
    }
}
