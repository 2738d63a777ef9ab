package org.mailwright.smtp.testkit;

/**
 * How a {@link Transcript} is played.
 *
 * @since 0.1.0
 */
public enum Way {
    /** In memory, what the client says together coming in one piece. */
    MEMORY,
    /** In memory, each octet coming alone; everything must be as if it came in one piece. */
    OCTETS,
    /** Over a socket, to a server on a free port of the loopback address. */
    SOCKET
}
