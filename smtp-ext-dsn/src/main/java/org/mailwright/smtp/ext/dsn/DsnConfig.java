package org.mailwright.smtp.ext.dsn;

/**
 * The configuration of DSN.
 *
 * @param silencePeers whether a mail of whose recipients the sender wants to hear nothing goes with an empty
 *     reverse-path to a peer that does not know DSN, and so cannot be told NOTIFY=NEVER (RFC 3461 §5.2.2 allows it)
 * @since 0.1.0
 */
public record DsnConfig(boolean silencePeers) {

    /** Leaves the reverse-path alone: what the peer thinks of a mail may depend on it. */
    public static final DsnConfig DEFAULT = new DsnConfig(false);
}
