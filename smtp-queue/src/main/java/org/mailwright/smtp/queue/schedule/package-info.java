/**
 * The scheduler: {@link org.mailwright.smtp.queue.schedule.QueueRunner} leases lanes and runs each by a lane runner,
 * {@link org.mailwright.smtp.queue.schedule.RetryPlan} says when what failed is tried again.
 *
 * <p>Failure cases, and what holds in each:
 *
 * <ul>
 *   <li>a destination does not answer: fewer requests at a time, and after a whole cohort of failures its lane rests
 *       until the first of its deliveries is due again; other lanes do not notice;
 *   <li>a recipient is deferred: that delivery alone waits;
 *   <li>a mail expires in a lane that rests: it is given up, and its sender told, the next time the lane is tried;
 *   <li>a deliverer throws, or gives too few results: a transient failure, and an error in the log;
 *   <li>a report cannot be written: what failed is tried again, for a mail that vanishes without a word is lost;
 *   <li>a settlement cannot be committed: it is kept and tried again; what a peer took is not sent a second time as
 *       long as the process lives;
 *   <li>the lease is lost: no mail is begun, none that is under way gets its final dot; what was delivered is settled;
 *   <li>a lane's pool is not there: the lane rests, and an error tells of it;
 *   <li>more lanes than may run: each has its turn.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.queue.schedule;

import org.jspecify.annotations.NullMarked;
