package org.mailwright.smtp.ext.policy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.text.Ascii;

/** Collects header fields of some names as a mail streams by. Keeps a bounded part of the header, line by line. */
final class HeaderFields {

    /** Longer fields are not judged: nobody writes them in good faith. */
    private static final int LONGEST = 4096;

    private static final int MOST = 16;

    /** What the field that is coming is, which its first octets tell. */
    private enum Kind {
        UNKNOWN,
        OURS,
        OTHER
    }

    /** Takes a field that has come: its name in lower case, and what stands behind the colon, unfolded. */
    @FunctionalInterface
    interface Taker {
        void take(String name, String value);
    }

    private final List<String> prefixes;
    private final int longestPrefix;
    private final Taker taker;
    private final StringBuilder field = new StringBuilder();
    private final List<String> values = new ArrayList<>();
    private boolean lineStart = true;
    private Kind kind = Kind.UNKNOWN;
    private boolean overlong;
    private boolean ended;

    /** Keeps the values of the first fields of one name. */
    HeaderFields(String name) {
        this.prefixes = List.of(Ascii.lower(name) + ":");
        this.longestPrefix = name.length() + 1;
        this.taker = this::keep;
    }

    /**
     * Hands on every field that has one of these names.
     *
     * @param names in lower case
     */
    HeaderFields(List<String> names, Taker taker) {
        this.prefixes = names.stream().map(name -> name + ":").toList();
        this.longestPrefix = prefixes.stream().mapToInt(String::length).max().orElse(0);
        this.taker = taker;
    }

    private void keep(String name, String value) {
        if (values.size() < MOST) {
            values.add(value);
        }
    }

    /** Tells whether the header is over. */
    boolean ended() {
        return ended;
    }

    /** Returns what stands behind the colon, unfolded. */
    List<String> values() {
        return List.copyOf(values);
    }

    /** Reads on; the position of the buffer stays. */
    void read(ByteBuffer octets) {
        int at = octets.position();
        while (at < octets.limit() && !ended) {
            at = kind == Kind.OTHER && !lineStart ? skipped(octets, at) : read(octets.get(at), at);
        }
    }

    /** Most of a header is other fields, so the rest of their lines is only looked through for the end. */
    private int skipped(ByteBuffer octets, int from) {
        for (int at = from; at < octets.limit(); at++) {
            if (octets.get(at) == '\n') {
                lineStart = true;
                return at + 1;
            }
        }
        return octets.limit();
    }

    private int read(byte octet, int at) {
        read(octet);
        return at + 1;
    }

    private void read(byte octet) {
        if (lineStart && octet != ' ' && octet != '\t') {
            end();
            ended = octet == '\r' || octet == '\n'; // content that a client reads may end its lines so
            kind = begins(octet) ? Kind.UNKNOWN : Kind.OTHER;
        }
        lineStart = octet == '\n';
        if (octet == '\r' || octet == '\n') {
            return;
        }
        if (kind == Kind.UNKNOWN && field.length() < longestPrefix) {
            field.append((char) (octet & 0xFF));
            return;
        }
        if (kind == Kind.UNKNOWN) { // once for each field: most of a header is not ours
            kind = matched().isPresent() ? Kind.OURS : Kind.OTHER;
        }
        if (kind == Kind.OURS && field.length() < LONGEST) {
            field.append((char) (octet & 0xFF));
        } else {
            overlong |= kind == Kind.OURS;
        }
    }

    private boolean begins(byte octet) {
        int letter = Ascii.isLetter(octet) ? octet | 0x20 : octet;
        for (String prefix : prefixes) {
            if (prefix.charAt(0) == letter) {
                return true;
            }
        }
        return false;
    }

    /** Takes the field that has come, if it is one of ours. Called also when the content is over. */
    void end() {
        Optional<String> prefix = matched();
        if (prefix.isPresent() && !overlong) {
            byte[] octets = field.substring(prefix.get().length()).getBytes(StandardCharsets.ISO_8859_1);
            String name = prefix.get().substring(0, prefix.get().length() - 1);
            taker.take(name, new String(octets, StandardCharsets.UTF_8).strip());
        }
        field.setLength(0);
        kind = Kind.UNKNOWN;
        overlong = false;
    }

    private Optional<String> matched() {
        for (String prefix : prefixes) {
            if (field.length() >= prefix.length()
                    && Ascii.equalsIgnoreCase(field.subSequence(0, prefix.length()), prefix)) {
                return Optional.of(prefix);
            }
        }
        return Optional.empty();
    }
}
