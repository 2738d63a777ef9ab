package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The client's end of a connection on which a {@link Transcript} is played. */
interface Wire extends AutoCloseable {

    /** Sends octets. */
    void send(byte[] octets) throws IOException;

    /** Returns the next line that the server said, without CRLF, one char per octet; empty when none comes. */
    Optional<String> line() throws IOException;

    /** Returns what is there already beyond the lines that were taken; "" where that cannot be known. */
    String pending();

    void secure() throws IOException;

    void endInput() throws IOException;

    void drop() throws IOException;

    void pass(Duration span);

    void stop();

    /** Tells whether the server has closed the connection and said nothing more. */
    boolean closed() throws IOException;

    @Override
    void close() throws IOException;
}
