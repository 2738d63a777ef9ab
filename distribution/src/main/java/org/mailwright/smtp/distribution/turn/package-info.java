/**
 * Mail that waits here until its host fetches it, and mail that a host asks for.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.turn.WaitingMail} (which mail, and for whom),
 * {@link org.mailwright.smtp.distribution.turn.Handovers} (the pool of those lanes: who is there to take it), then
 * {@link org.mailwright.smtp.distribution.turn.LaneFlusher} (ETRN).
 *
 * <p>The mail waits in lanes like any other. As long as no host is there, an attempt ends at once as if nobody had
 * answered, and the lane rests; when one has come, its lanes are made due, and the scheduler sends what is in them over
 * the connection that the host has opened. So leases, settlements, reports and expiry are those of all mail.
 *
 * <p>Failure cases: the host goes away (what it has not accepted stays, as after any lost connection); it refuses a
 * mail (as any refusal: tried again, or returned to its sender); nothing is sent for a while (QUIT); another node
 * leases the lane meanwhile (it rests there, and is made due again); the server stops (QUIT after the mail under way).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.turn;

import org.jspecify.annotations.NullMarked;
