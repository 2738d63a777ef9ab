package org.mailwright.smtp.core.extension;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads what a client, mostly a proxy, says in clear before the server greets it: for whom it connects. Must not block,
 * and keeps nothing of a connection in fields.
 *
 * @since 0.1.0
 */
public interface Preface {

    /** Tells whether this peer begins with it. One that does not is greeted at once. */
    boolean expectedFrom(SocketAddress remote);

    /** Returns how long it may take to come. */
    Duration timeout();

    /** Returns the most octets of it. */
    int longest();

    /**
     * Reads all that has come so far.
     *
     * @param octets from the first octet of the connection on; the position does not matter afterwards
     */
    Progress read(ByteBuffer octets);

    /** How far it has come. */
    sealed interface Progress {

        /** More must come. */
        record More() implements Progress {}

        /**
         * It is whole; what comes behind it is the client's.
         *
         * @param octets how long it is
         * @param ends whose connection it is; empty: the peer's own
         */
        record Whole(int octets, Optional<Ends> ends) implements Progress {}

        /** It is none: the connection is cut without a word. */
        record Refused(String why) implements Progress {}
    }

    /**
     * The two ends of a connection.
     *
     * @param remote the client's address
     * @param local the address at which it reached the service
     */
    record Ends(SocketAddress remote, SocketAddress local) {}
}
