package org.mailwright.smtp.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one connection, in clear or through TLS; never blocks, used by one thread. */
sealed interface Wire permits ClearWire, TlsWire {

    /**
     * Reads what has arrived.
     *
     * @return decoded bytes ready to be taken, none if nothing is there yet; valid until the next call
     * @throws IOException if the peer closed or the connection failed
     */
    ByteBuffer read() throws IOException;

    /** Adds bytes to those to be sent, and sends what goes; the rest waits for {@link #flush()}. */
    void write(ByteBuffer... bytes) throws IOException;

    /**
     * Sends what is waiting, as much as goes.
     *
     * @return whether nothing is left to send
     */
    boolean flush() throws IOException;

    /** Whether a handshake, if this wire needs one, is over. */
    boolean ready();
}
