package org.mailwright.smtp.testkit;

import java.time.Duration;

/** One thing that happens in a {@link Transcript}. */
sealed interface Act {

    /** Returns the line of the file, from 1. */
    int line();

    /** The client sends octets, in one piece. */
    record Send(int line, Octets octets) implements Act {}

    /** The server says one line. */
    record Line(int line, Pattern pattern) implements Act {}

    /** The server gives a reply of any number of lines, with this code; a line matches, or none does. */
    record Whole(int line, String code, Pattern pattern, boolean wanted) implements Act {}

    /** The client begins TLS, and gets it. */
    record Secure(int line) implements Act {}

    /** The client ends its side, and still reads. */
    record EndInput(int line) implements Act {}

    /** The client is gone without a word. */
    record Drop(int line) implements Act {}

    /** Time passes. */
    record Pass(int line, Duration span) implements Act {}

    /** The server is asked to stop. */
    record Stop(int line) implements Act {}

    /** The server closes the connection. */
    record Closed(int line) implements Act {}
}
