/**
 * The network of a client whose server is on the same machine, behind a Unix socket:
 * {@link org.mailwright.smtp.client.unix.UnixNetwork}.
 *
 * <p>Failure cases: no such socket, nobody listens on it, no right to it, a queue of connections that is full (each an
 * {@code IOException} that names the socket); the server asks for TLS (the connection ends).
 */
@NullMarked
package org.mailwright.smtp.client.unix;

import org.jspecify.annotations.NullMarked;
