package org.mailwright.smtp.ext.auth.scram;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The attributes of one SCRAM message in their order: {@code r=…,s=…,i=…} (RFC 5802 section 7).
 *
 * @since 0.1.0
 */
public final class ScramAttributes {

    /** The longest nonce that is taken, in characters. */
    public static final int MAX_NONCE = 1024;

    private record Attribute(char name, String value) {}

    private final List<Attribute> attributes;

    private ScramAttributes(List<Attribute> attributes) {
        this.attributes = attributes;
    }

    /** Splits a message; empty when one of its parts is no attribute. */
    public static Optional<ScramAttributes> parse(String message) {
        List<Attribute> attributes = new ArrayList<>();
        for (String part : message.split(",", -1)) {
            if (part.length() < 2 || part.charAt(1) != '=' || !letter(part.charAt(0)) || part.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            attributes.add(new Attribute(part.charAt(0), part.substring(2)));
        }
        return Optional.of(new ScramAttributes(List.copyOf(attributes)));
    }

    /** How many attributes there are. */
    public int size() {
        return attributes.size();
    }

    /** The value of the attribute at a place, counted from 0; empty when another one, or none, is there. */
    public Optional<String> at(int place, char name) {
        return place >= 0 && place < attributes.size() && attributes.get(place).name() == name
                ? Optional.of(attributes.get(place).value())
                : Optional.empty();
    }

    /** {@link #at} for a nonce: printable ASCII, not empty, not longer than {@value #MAX_NONCE}. */
    public Optional<String> nonceAt(int place) {
        return at(place, 'r')
                .filter(nonce -> !nonce.isEmpty() && nonce.length() <= MAX_NONCE)
                .filter(nonce -> nonce.chars().allMatch(c -> c > ' ' && c < 0x7F));
    }

    /** {@link #at} for a value in base64, which may not be empty. */
    public Optional<byte[]> octetsAt(int place, char name) {
        return at(place, name).filter(text -> !text.isEmpty()).flatMap(ScramAttributes::base64);
    }

    private static Optional<byte[]> base64(String text) {
        // The decoder of the JDK takes a value without its padding; RFC 5802 section 7 does not.
        if (text.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean letter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
