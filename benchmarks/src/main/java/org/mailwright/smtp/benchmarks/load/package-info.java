/**
 * The load generator: sends many mails to one server and counts what came back.
 *
 * <p>Reading order: {@link org.mailwright.smtp.benchmarks.load.Load} is the command, {@code LoadPlan} says what is
 * sent, {@code LoadLoop} owns a selector and its share of the sessions, {@code Conversation} is the SMTP (or LMTP)
 * script of one connection, {@code Wire} moves its bytes in clear or through TLS, {@code Tally} counts and
 * {@code LoadReport} prints.
 *
 * <p>It is plain {@code java.nio} on purpose, with nothing of the servers and clients it measures: a mistake in our
 * codecs must not hide itself by being on both sides, and on a shared machine the generator has to cost less than the
 * server.
 *
 * <p>Failures: a reply with a code other than the one the script waits for, a closed connection, a failed connect or
 * handshake and a reply that does not come in time each count under a name of their own; the mail in hand counts as
 * failed, the session opens a new connection and goes on, and gives up after {@value Conversation#FAILURES_IN_A_ROW}
 * failures in a row. A run is good only if every planned mail was accepted.
 */
@NullMarked
package org.mailwright.smtp.benchmarks.load;

import org.jspecify.annotations.NullMarked;
