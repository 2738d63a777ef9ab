package org.mailwright.smtp.ext.auth.scram;

import java.util.Optional;

/**
 * The escaping of names in SCRAM and GS2 messages: a comma is {@code =2C}, an equals sign {@code =3D} (RFC 5802 section
 * 5.1).
 *
 * @since 0.1.0
 */
public final class SaslName {

    private SaslName() {}

    /** The name in its escaped form. */
    public static String encode(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    /** The name of an escaped form; empty when that is empty, or has an equals sign that begins no escape. */
    public static Optional<String> decode(String escaped) {
        if (escaped.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == ',' || c == 0) {
                return Optional.empty();
            }
            if (c != '=') {
                name.append(c);
            } else if (escaped.startsWith("=2C", i)) {
                name.append(',');
                i += 2;
            } else if (escaped.startsWith("=3D", i)) {
                name.append('=');
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(name.toString());
    }
}
