/**
 * A host fetches the mail that waits for it. Read {@link org.mailwright.smtp.ext.turn.EtrnExtension} (ETRN, RFC 1985:
 * the mail is sent over other connections), then {@link org.mailwright.smtp.ext.turn.QueueFlusher}, which it asks; then
 * {@link org.mailwright.smtp.ext.turn.AtrnExtension} (RFC 2645) and {@link org.mailwright.smtp.ext.turn.TurnExtension}
 * (RFC 821): the mail is sent over the same connection, with the roles changed; both ask
 * {@link org.mailwright.smtp.ext.turn.HeldMail}.
 *
 * <p>Failure cases of ETRN: no node, or one that is none (501 5.5.4); a stranger where users are wanted (530 5.7.0); a
 * node that may not be asked for (459 4.7.1); one that was asked for a moment ago, or a queue that cannot begin now
 * (458); the flusher fails (451 4.3.0). Of ATRN: a stranger (530 5.7.0); a user for whom nothing is kept, or a domain
 * that is not his (450 4.7.1); nothing waits (453 4.2.0); it cannot be known now (451 4.3.0). Of TURN: each of these is
 * a 502. When the connection is lost after the roles have changed, what was not accepted stays where it was.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.turn;

import org.jspecify.annotations.NullMarked;
