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

    /**
     * Tells a client that the peer takes commands in groups (RFC 2920). An extension makes it what it negotiates;
     * without it each command waits for the reply to the one before.
     */
    public static final AttributeKey<Boolean> PIPELINING = AttributeKey.of("pipelining", Scope.TLS_EPOCH);

    /**
     * Tells a client how many mails the peer takes on one connection, at least 1. An extension makes it what it
     * negotiates; the client then says QUIT, and further mails need another connection.
     */
    public static final AttributeKey<Integer> MAILS_PER_CONNECTION =
            AttributeKey.of("mails-per-connection", Scope.TLS_EPOCH);

    /**
     * Tells a client how many recipients of one mail the peer takes, at least 1. An extension makes it what it
     * negotiates; a mail with more is sent as several.
     */
    public static final AttributeKey<Integer> RECIPIENTS_PER_MAIL =
            AttributeKey.of("recipients-per-mail", Scope.TLS_EPOCH);

    /**
     * Tells a client how many domains the recipients of all mails on one connection may have, at least 1. An extension
     * makes it what it negotiates; recipients in further domains fail for now, and the connection ends.
     */
    public static final AttributeKey<Integer> DOMAINS_PER_CONNECTION =
            AttributeKey.of("domains-per-connection", Scope.TLS_EPOCH);

    private WellKnown() {}
}
