package org.mailwright.smtp.fuzz;

import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.core.text.Utf8;

/** Makes text of octets. */
final class Texts {
    private Texts() {}

    /** Returns the octets as UTF-8; where they are none, as UTF-16, so that halves of surrogate pairs come too. */
    static String of(byte[] octets, int from) {
        return Utf8.decode(octets, from, octets.length - from).orElseGet(() -> {
            String text = new String(octets, from, octets.length - from, StandardCharsets.ISO_8859_1);
            StringBuilder wide = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean pair = c >= 0xD8 && i + 1 < text.length();
                wide.append(pair ? (char) (c << 8 | text.charAt(++i)) : c);
            }
            return wide.toString();
        });
    }
}
