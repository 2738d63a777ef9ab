package org.mailwright.smtp.core.transport;

/**
 * One side of a dialogue, fed with the events of its {@link Transport}: octets are pushed in, octets are written out.
 * Events never overlap. An implementation must not block in any of them and must not throw.
 *
 * @since 0.1.0
 */
public interface Conversation {

    /**
     * Begins: the connection is there.
     *
     * @param transport the connection; valid until {@link #closed}
     */
    void opened(Transport transport);

    /**
     * Takes octets from the peer. The array belongs to the caller again when the method returns.
     *
     * @param octets holds what was read
     * @param offset index of the first octet
     * @param length number of octets, at least 1
     */
    void received(byte[] octets, int offset, int length);

    /** Tells that the peer will send nothing more; it may still read (half-close). */
    void inputClosed();

    /**
     * Tells that the TLS handshake succeeded.
     *
     * @param tls what was agreed
     */
    void secured(TlsSession tls);

    /** Tells that the transport is not {@linkplain Transport#congested congested} any more. */
    void writable();

    /** Tells that the deadline has passed. */
    void expired();

    /** Asks to end as soon as the protocol allows: a server finishes the mail in progress and then says 421. */
    void stop();

    /**
     * Ends: the connection is gone and nothing can be sent. The last event.
     *
     * @param why "" for an ordinary end, else a reason for the log
     */
    void closed(String why);
}
