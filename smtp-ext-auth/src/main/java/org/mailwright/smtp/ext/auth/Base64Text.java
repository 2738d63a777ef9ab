package org.mailwright.smtp.ext.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.Optional;

/** The base64 of an AUTH dialogue (RFC 4954 section 4, RFC 4648 section 4), read strictly. */
final class Base64Text {

    private Base64Text() {}

    /** The octets of a line; empty when it is no base64 with all of its padding. */
    static Optional<byte[]> decode(String text) {
        if (text.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text.getBytes(ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The octets of an initial response, of which an empty one is written as an equals sign. */
    static Optional<byte[]> decodeInitial(String text) {
        return text.equals("=") ? Optional.of(new byte[0]) : decode(text);
    }

    static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    static String encodeInitial(byte[] octets) {
        return octets.length == 0 ? "=" : encode(octets);
    }
}
