/**
 * The network: MINA moves the octets, behind the seam {@link org.mailwright.smtp.core.transport}. Read {@code IoLoops}
 * (threads), then {@code MinaListener} and {@code MinaConnector} (both ends), then {@code MinaTransport} (one
 * connection), {@code LoopProcessor} (what runs it) and {@code TlsFilter}.
 *
 * <p>Rules: everything of a connection happens on the thread of its loop; reading is suspended before octets would have
 * to be held; nothing thrown by a conversation reaches MINA, whose loops would die of an {@link java.lang.Error}.
 *
 * <p>Failure cases: an address in use (an {@code IOException} that names it); no file handles left (the acceptor waits
 * and goes on); a peer that resets, closes half, never reads, stalls in a handshake or talks clear text to a TLS port
 * (that connection ends, with a reason); code that throws (that connection ends, the log has the cause).
 */
@NullMarked
package org.mailwright.smtp.transport.mina;

import org.jspecify.annotations.NullMarked;
