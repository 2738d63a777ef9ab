/**
 * The operator's door to a server that runs: a Unix domain socket in the data folder, and what is asked through it.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.control.Controlled} (what can be asked of a server),
 * {@link org.mailwright.smtp.distribution.control.ControlServer} (who answers),
 * {@link org.mailwright.smtp.distribution.control.ControlClient} (who asks), {@code ControlSocket} (the file),
 * {@code Wire} (lines), {@code Answers} (verb by verb).
 *
 * <p>The protocol: a request is one line, a verb and {@code name=value} pairs, percent-encoded. Its answer is any
 * number of lines {@code row JSON} (or {@code row TEXT} where lines to be printed were asked for) and one line
 * {@code end JSON} or {@code error JSON}. A connection takes one request after the other. It is spoken between a
 * command and a server of the same installation only, and is no API.
 *
 * <p>Failure cases, and what holds in each:
 *
 * <ul>
 *   <li>somebody else's process connects: the socket has mode 0600 from its first moment on, so the system refuses;
 *   <li>a server died and left its socket: the next one replaces it; the lock beside it tells that nobody serves it;
 *   <li>a second server starts in the same folder: refused, and the first one's socket stays;
 *   <li>a client says nothing, or does not read: its connection is closed after a time that is bounded;
 *   <li>too many clients: the ones beyond the bound are told so and closed;
 *   <li>a request fails: an error line, a line in the log where it is our mistake, and the connection stays;
 *   <li>the server ends while it answers: the answer has no end line, and the client says so.
 * </ul>
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.control;

import org.jspecify.annotations.NullMarked;
