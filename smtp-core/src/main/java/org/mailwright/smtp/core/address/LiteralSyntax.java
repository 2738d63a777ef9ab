package org.mailwright.smtp.core.address;

import java.util.Optional;
import java.util.OptionalInt;
import org.mailwright.smtp.core.address.AddressFault.Kind;
import org.mailwright.smtp.core.text.Ascii;

/** The grammar of RFC 5321 §4.1.3. Numbers are read here and never given to a resolver. */
final class LiteralSyntax {
    private static final int GROUPS = 8;
    static final String EXPECTED = "[192.0.2.1], [IPv6:2001:db8::1] or [tag:content]";

    private LiteralSyntax() {}

    static Optional<AddressLiteral> read(Cursor in) {
        int start = in.position();
        Optional<String> bracketed = bracketed(in);
        if (bracketed.isEmpty()) {
            return Optional.empty();
        }
        String inner = bracketed.get();
        int colon = inner.indexOf(':');
        Optional<? extends AddressLiteral> literal;
        if (colon < 0) {
            OptionalInt bits = ipv4(inner);
            literal = bits.isPresent() ? Optional.of(new Ipv4Literal(bits.getAsInt())) : Optional.empty();
        } else if (Ascii.equalsIgnoreCase(inner.substring(0, colon), Ipv6Literal.TAG)) {
            literal = ipv6(inner.substring(colon + 1));
        } else {
            literal = isGeneral(inner.substring(0, colon), inner.substring(colon + 1))
                    ? Optional.of(new GeneralLiteral(inner.substring(0, colon), inner.substring(colon + 1)))
                    : Optional.empty();
        }
        return literal.isPresent() ? Optional.of(literal.get()) : in.fail(Kind.SYNTAX, start, EXPECTED);
    }

    /** What stands between the brackets; the cursor is after the closing one. */
    private static Optional<String> bracketed(Cursor in) {
        int start = in.position();
        if (!in.take('[')) {
            return in.fail("an address literal in brackets");
        }
        while (isContent(in.peek())) {
            in.skip();
        }
        String inner = in.since(start + 1);
        if (!in.take(']')) {
            return in.fail("a closing bracket");
        }
        return in.position() - start <= Host.MAX_OCTETS
                ? Optional.of(inner)
                : in.fail(Kind.TOO_LONG, start, "at most " + Host.MAX_OCTETS + " octets in a host");
    }

    /** dcontent: printable ASCII but brackets and backslash. */
    private static boolean isContent(int character) {
        return character > 0x20 && character < 0x7F && (character < '[' || character > ']');
    }

    /**
     * Whether two texts are tag and content of a general literal that is not too long. An IPv6 address whose tag was
     * forgotten would be one by the grammar, but that is never meant.
     */
    static boolean isGeneral(String tag, String content) {
        boolean printable = !content.isEmpty() && content.chars().allMatch(LiteralSyntax::isContent);
        boolean fits = tag.length() + content.length() + 3 <= Host.MAX_OCTETS;
        boolean address = Ascii.equalsIgnoreCase(tag, Ipv6Literal.TAG)
                || ipv6(tag + ":" + content).isPresent();
        return printable && fits && isTag(tag) && !address;
    }

    /** Standardized-tag is Ldh-str, which ends in a letter or digit. */
    private static boolean isTag(String tag) {
        if (tag.isEmpty() || tag.charAt(tag.length() - 1) == '-') {
            return false;
        }
        for (int i = 0; i < tag.length(); i++) {
            char character = tag.charAt(i);
            if (!Ascii.isLetter(character) && !Ascii.isDigit(character) && character != '-') {
                return false;
            }
        }
        return true;
    }

    /** Four decimal numbers of one to three digits, 0 to 255 each. */
    private static OptionalInt ipv4(String text) {
        int bits = 0;
        int parts = 0;
        int position = 0;
        while (parts < 4) {
            int start = position;
            int value = 0;
            while (position < text.length() && position - start < 3 && Ascii.isDigit(text.charAt(position))) {
                value = value * 10 + text.charAt(position++) - '0';
            }
            if (position == start || value > 255) {
                return OptionalInt.empty();
            }
            bits = bits << 8 | value;
            parts++;
            if (parts < 4 && (position >= text.length() || text.charAt(position++) != '.')) {
                return OptionalInt.empty();
            }
        }
        return position == text.length() ? OptionalInt.of(bits) : OptionalInt.empty();
    }

    /**
     * IPv6-full, IPv6-comp, IPv6v4-full and IPv6v4-comp. RFC 5321 wants {@code ::} to stand for two groups or more; one
     * is taken as well, because RFC 4291 allows it and nothing else could be meant.
     */
    private static Optional<Ipv6Literal> ipv6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int position = 0;
        if (text.startsWith("::")) {
            gap = 0;
            position = 2;
        }
        while (position < text.length()) {
            int start = position;
            int value = 0;
            while (position < text.length() && hex(text.charAt(position)) >= 0 && position - start < 4) {
                value = value << 4 | hex(text.charAt(position++));
            }
            if (position < text.length() && text.charAt(position) == '.' && count <= GROUPS - 2) {
                OptionalInt tail = ipv4(text.substring(start));
                if (tail.isEmpty()) {
                    return Optional.empty();
                }
                groups[count++] = tail.getAsInt() >>> 16;
                groups[count++] = tail.getAsInt() & 0xFFFF;
                break;
            }
            if (position == start || count == GROUPS) {
                return Optional.empty();
            }
            groups[count++] = value;
            if (position == text.length()) {
                break;
            }
            if (text.charAt(position++) != ':' || position == text.length()) {
                return Optional.empty();
            }
            if (text.charAt(position) == ':') {
                if (gap >= 0) {
                    return Optional.empty();
                }
                gap = count;
                position++;
            }
        }
        return gap < 0 ? full(groups, count) : expanded(groups, count, gap);
    }

    private static Optional<Ipv6Literal> full(int[] groups, int count) {
        return count == GROUPS ? Optional.of(Ipv6Literal.of(groups)) : Optional.empty();
    }

    private static Optional<Ipv6Literal> expanded(int[] groups, int count, int gap) {
        if (count == GROUPS) {
            return Optional.empty();
        }
        int[] all = new int[GROUPS];
        System.arraycopy(groups, 0, all, 0, gap);
        System.arraycopy(groups, gap, all, GROUPS - (count - gap), count - gap);
        return Optional.of(Ipv6Literal.of(all));
    }

    private static int hex(char character) {
        return character < 0x80 ? Character.digit(character, 16) : -1;
    }
}
