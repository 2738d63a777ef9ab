package org.mailwright.smtp.transport.mina;

import java.net.SocketAddress;
import java.util.Optional;

/**
 * Decides about connections before they cost anything. It is asked on the thread that accepts and must not block; it is
 * told of every end on I/O threads, so it must be safe for many threads.
 *
 * @since 0.1.0
 */
public interface Admission {

    /**
     * Admits or refuses a connection. One that is admitted is counted until {@link #ended}.
     *
     * @param remote the peer's address
     * @return what to send before closing, such as a line with 421; empty when it is admitted. Nothing is sent where
     *     TLS comes first
     */
    Optional<byte[]> refusal(SocketAddress remote);

    /** Tells that a connection that was admitted is over. */
    void ended(SocketAddress remote);

    /** Returns an admission without limits. */
    static Admission all() {
        return new Admission() {
            @Override
            public Optional<byte[]> refusal(SocketAddress remote) {
                return Optional.empty();
            }

            @Override
            public void ended(SocketAddress remote) {
                // counts nothing
            }
        };
    }
}
