package org.mailwright.smtp.ext.auth.sasl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import org.mailwright.smtp.core.text.Utf8;

/**
 * A password or token in its normal form, kept as octets that are erased by {@link #close()}.
 *
 * <p>The form is that of the profile OpaqueString of RFC 8265 section 4.2: Unicode normal form C, every space that is
 * not ASCII becomes one that is, control characters and the empty string are refused. 1 to {@value #MAX_OCTETS} octets.
 * Erasing is done as far as Java allows: the ASCII case makes no other copy.
 *
 * @since 0.1.0
 */
public final class Secret implements AutoCloseable {

    /** The longest secret, in octets of UTF-8; bearer tokens are longer than passwords. */
    public static final int MAX_OCTETS = 8192;

    private final byte[] octets;

    private Secret(byte[] octets) {
        this.octets = octets;
    }

    /**
     * The secret that somebody typed.
     *
     * @param typed not altered: erasing it is the caller's task
     * @throws IllegalArgumentException when it is empty, too long or holds a control character
     */
    public static Secret of(char[] typed) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        byte[] octets = new byte[encoded.remaining()];
        encoded.get(octets);
        encoded.rewind();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        try {
            return parse(octets)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a password has 1 to " + MAX_OCTETS + " octets and no control characters"));
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** {@link #of(char[])} for a text, which cannot be erased. */
    public static Secret of(String text) {
        return of(text.toCharArray());
    }

    /** The secret that a peer sent; empty when it cannot be one. */
    public static Optional<Secret> parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /** The secret in a range of octets that a peer sent; empty when it cannot be one. */
    public static Optional<Secret> parse(byte[] utf8, int from, int to) {
        if (to <= from || to - from > MAX_OCTETS) {
            return Optional.empty();
        }
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            if ((utf8[i] >= 0 && utf8[i] < ' ') || utf8[i] == 0x7F) {
                return Optional.empty();
            }
            ascii &= utf8[i] >= 0;
        }
        return ascii ? Optional.of(new Secret(Arrays.copyOfRange(utf8, from, to))) : prepared(utf8, from, to);
    }

    private static Optional<Secret> prepared(byte[] utf8, int from, int to) {
        return Utf8.decode(utf8, from, to - from)
                .filter(text -> text.codePoints().noneMatch(Character::isISOControl))
                .map(text -> {
                    StringBuilder mapped = new StringBuilder(text.length());
                    text.codePoints()
                            .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                            .forEach(mapped::appendCodePoint);
                    String normal = Normalizer.normalize(mapped, Normalizer.Form.NFC);
                    return new Secret(normal.getBytes(StandardCharsets.UTF_8));
                });
    }

    /** A secret with the same octets and a life of its own. */
    public Secret copy() {
        return new Secret(octets.clone());
    }

    /** The octets themselves, no copy: read them at once, neither keep nor alter them. */
    public byte[] octets() {
        return octets;
    }

    /** Erases the octets; the secret cannot be used any more. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
