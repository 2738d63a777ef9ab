/**
 * The way of mail into the queue: {@link org.mailwright.smtp.queue.intake.QueueSink}.
 *
 * <p>Failure cases, and what holds in each:
 *
 * <ul>
 *   <li>the queue has no room: 452 4.3.1, at MAIL where {@link org.mailwright.smtp.queue.intake.PressureGate} is
 *       installed, else when the content begins;
 *   <li>the router refuses a recipient: the mail is refused with its reply; it cannot find out: 451 4.3.0;
 *   <li>the commit fails: 451 4.3.0, and the mail is not in the queue;
 *   <li>the client goes away before its final dot: nothing is left in the queue.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.queue.intake;

import org.jspecify.annotations.NullMarked;
