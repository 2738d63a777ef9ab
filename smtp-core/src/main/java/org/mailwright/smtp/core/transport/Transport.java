package org.mailwright.smtp.core.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One connection as a {@link Conversation} uses it: moves octets, switches to TLS, keeps one deadline.
 *
 * <p>Each connection has a thread of its own in the sense that no two events of one connection ever run at the same
 * time. All methods are called from within an event of the conversation, except {@link #execute}, which may be called
 * from anywhere. Implementations exist for sockets, for memory and for a pair of streams.
 *
 * @since 0.1.0
 */
public interface Transport {

    /** Returns the address of the peer. */
    SocketAddress remoteAddress();

    /** Returns the address at which the peer reached this side. */
    SocketAddress localAddress();

    /**
     * Sends octets after all that were sent before. The buffer belongs to the transport from now on.
     *
     * @param octets what to send; one call is one write where the network allows it
     */
    void write(ByteBuffer octets);

    /**
     * Tells whether so many octets wait to be sent that no more should be produced; when it was true,
     * {@link Conversation#writable} follows once they have left.
     */
    boolean congested();

    /** Stops {@link Conversation#received} until {@link #resumeReading}; octets already read may be held back. */
    void suspendReading();

    /** Undoes {@link #suspendReading}. Octets that were held back are delivered in an event of their own. */
    void resumeReading();

    /**
     * Runs code that may wait on a virtual thread, then {@code then} as an event of this connection. No other event is
     * delivered in between: octets that arrive are held back, bounded by the size of one read.
     *
     * @param work code that may block; must not call this transport except {@link #execute}
     * @param then the rest of the turn; also called when the peer has gone meanwhile, before
     *     {@link Conversation#closed}
     */
    void offload(Runnable work, Runnable then);

    /**
     * Runs code as an event of this connection, soon.
     *
     * @param task what to run; dropped when the connection is closed
     */
    void execute(Runnable task);

    /**
     * Switches to TLS after all octets written so far. Octets that were received in clear and not yet delivered are
     * discarded (RFC 3207 §4.2). Ends with {@link Conversation#secured} or {@link Conversation#closed}.
     *
     * @param policy makes the engine for this connection
     */
    void startTls(TlsPolicy policy);

    /**
     * Switches to TLS where the peer has begun with it already.
     *
     * @param policy makes the engine for this connection
     * @param first octets of the handshake that were delivered to the conversation; it has them no longer
     * @throws UnsupportedOperationException when there are some, and the transport cannot take octets back
     */
    default void startTls(TlsPolicy policy, ByteBuffer first) {
        if (first.hasRemaining()) {
            throw new UnsupportedOperationException("octets of a handshake cannot be given back");
        }
        startTls(policy);
    }

    /**
     * Sets the time after which {@link Conversation#expired} is called, in place of any set before. Deadlines do not
     * run while work is {@linkplain #offload offloaded}.
     *
     * @param delay from now, with a precision of about one second; {@link Duration#ZERO} for none
     */
    void deadline(Duration delay);

    /** Returns the reading of a clock that only goes forward, in nanoseconds, for measuring spans. */
    long nanoTime();

    /** Gives the connection to another conversation, which gets {@link Conversation#opened} and all that follows. */
    void handOver(Conversation next);

    /** Closes when everything written has left; says close_notify within TLS. Nothing is read any more. */
    void close();

    /** Closes at once; what was not sent is lost. */
    void abort();
}
