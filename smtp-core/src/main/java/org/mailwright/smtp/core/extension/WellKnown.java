package org.mailwright.smtp.core.extension;

import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;

/**
 * Attributes through which extensions change what the core itself allows.
 *
 * @since 0.1.0
 */
public final class WellKnown {

    /**
     * Allows internationalized addresses in this mail transaction (RFC 6531 §3.4). An extension makes it the key of its
     * MAIL parameter.
     */
    public static final AttributeKey<Boolean> INTERNATIONALIZED = AttributeKey.durable(
            "internationalized",
            Scope.TRANSACTION,
            new AttributeKey.Codec<>(value -> Boolean.toString(value), Boolean::parseBoolean));

    private WellKnown() {}
}
