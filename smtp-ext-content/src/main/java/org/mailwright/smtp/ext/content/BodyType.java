package org.mailwright.smtp.ext.content;

import java.util.Arrays;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.text.Ascii;

/**
 * What octets a mail has, as the BODY parameter of MAIL tells (RFC 6152 §2, RFC 3030 §3).
 *
 * @since 0.1.0
 */
public enum BodyType {
    /** Lines of US-ASCII. */
    SEVEN_BIT("7BIT"),
    /** Lines with octets beyond US-ASCII. */
    EIGHT_BIT_MIME("8BITMIME"),
    /** Any octets, with or without lines. */
    BINARY_MIME("BINARYMIME");

    /** The declared type of a mail; absent: {@link #SEVEN_BIT}, or nobody knows. */
    public static final AttributeKey<BodyType> KEY = AttributeKey.durable(
            "body",
            Scope.TRANSACTION,
            new AttributeKey.Codec<>(BodyType::keyword, text -> of(text).orElse(EIGHT_BIT_MIME)));

    private final String keyword;

    BodyType(String keyword) {
        this.keyword = keyword;
    }

    /** Returns the value of the parameter. */
    public String keyword() {
        return keyword;
    }

    /** Returns the type of a value of the parameter, in any case of letters. */
    public static Optional<BodyType> of(String keyword) {
        return Arrays.stream(values())
                .filter(type -> Ascii.equalsIgnoreCase(type.keyword, keyword))
                .findFirst();
    }
}
