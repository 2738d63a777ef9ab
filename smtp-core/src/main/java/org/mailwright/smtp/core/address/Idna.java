package org.mailwright.smtp.core.address;

import java.text.Normalizer;
import java.util.Optional;
import org.mailwright.smtp.core.text.Ascii;

/**
 * U-labels to A-labels and back, by IDNA2008 (RFC 5891). The platform's {@code java.net.IDN} knows IDNA2003 and Unicode
 * 3.2 only: it makes {@code ss} of {@code ß} and would deliver to another domain than the sender named.
 */
final class Idna {
    private static final String PREFIX = "xn--";

    private Idna() {}

    /**
     * A domain in A-labels and small letters.
     *
     * @param domain labels of letters, digits, hyphens and characters outside ASCII
     * @return empty when a label is no valid U-label
     */
    static Optional<String> toAscii(String domain) {
        StringBuilder ascii = new StringBuilder(domain.length() + 16);
        int start = 0;
        while (start <= domain.length()) {
            int dot = domain.indexOf('.', start);
            int end = dot < 0 ? domain.length() : dot;
            Optional<String> label = labelToAscii(domain.substring(start, end));
            if (label.isEmpty()) {
                return Optional.empty();
            }
            ascii.append(start == 0 ? "" : ".").append(label.get());
            start = end + 1;
        }
        return Optional.of(ascii.toString());
    }

    private static Optional<String> labelToAscii(String label) {
        if (Ascii.isAscii(label)) {
            return Optional.of(Ascii.lower(label));
        }
        return mapped(label)
                .filter(IdnaLabel::isValid)
                .map(valid -> PREFIX + Punycode.encode(valid))
                .filter(ascii -> ascii.length() <= Domain.MAX_LABEL_OCTETS);
    }

    /** Small letters and normal form C; empty when a character would turn into ASCII, as the Kelvin sign into k. */
    private static Optional<String> mapped(String label) {
        StringBuilder small = new StringBuilder(label.length());
        for (int i = 0; i < label.length(); ) {
            int codePoint = label.codePointAt(i);
            int mapped = IdnaLabel.isProtocolValid(codePoint) ? codePoint : Character.toLowerCase(codePoint);
            if (mapped < 0x80 && codePoint > 0x7F) {
                return Optional.empty();
            }
            small.appendCodePoint(mapped);
            i += Character.charCount(codePoint);
        }
        return Optional.of(Normalizer.normalize(small, Normalizer.Form.NFC));
    }

    /**
     * A domain in U-labels; what is no A-label of a valid U-label stays as it is.
     *
     * @param canonical a domain in A-labels and small letters
     * @return the same text when it has no A-label
     */
    static String toUnicode(String canonical) {
        if (!canonical.contains(PREFIX)) {
            return canonical;
        }
        StringBuilder unicode = new StringBuilder(canonical.length());
        for (String label : canonical.split("\\.", -1)) {
            unicode.append(unicode.isEmpty() ? "" : ".").append(labelToUnicode(label));
        }
        return unicode.toString();
    }

    private static String labelToUnicode(String label) {
        if (!label.startsWith(PREFIX)) {
            return label;
        }
        return Punycode.decode(label.substring(PREFIX.length()))
                .filter(decoded -> labelToAscii(decoded).filter(label::equals).isPresent())
                .filter(IdnaLabel::isValid)
                .orElse(label);
    }
}
