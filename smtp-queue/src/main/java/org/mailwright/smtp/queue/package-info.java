/**
 * The queue of accepted mail: what it is, without saying how it is stored.
 *
 * <p>Reading order: {@link org.mailwright.smtp.queue.Message} and {@link org.mailwright.smtp.queue.Delivery} (what
 * waits), {@link org.mailwright.smtp.queue.LaneName} (in which line), {@link org.mailwright.smtp.queue.MailQueue} (what
 * keeps it), {@link org.mailwright.smtp.queue.Settlement} (how it ends), {@link org.mailwright.smtp.queue.QueueView}
 * (what the operator sees); then {@link org.mailwright.smtp.queue.Router} (which lane),
 * {@link org.mailwright.smtp.queue.Deliverer} and {@link org.mailwright.smtp.queue.Pool} (the way out),
 * {@link org.mailwright.smtp.queue.Reporter} (what the sender hears; package {@code report} holds the one that writes
 * delivery status notifications).
 *
 * <p>Failure cases, and what holds in each:
 *
 * <ul>
 *   <li>the process dies before a commit returned: the mail is not in the queue, and no 250 was said;
 *   <li>it dies after a commit returned: the mail is in the queue, content and all recipients;
 *   <li>it dies between a peer's 250 and the settlement: that delivery is tried again (RFC 1047);
 *   <li>it dies within a settlement: all of it holds, reports included, or nothing;
 *   <li>a node dies or is cut off: its lanes are ready for others when their leases run out, and it has stopped by
 *       then;
 *   <li>the medium is full: {@link org.mailwright.smtp.queue.QueueFullException}, and mail is taken again when there is
 *       room;
 *   <li>a content cannot be read: its deliveries are deferred until they expire, others go on; its sender is told
 *       without it;
 *   <li>a deliverer throws: its request counts as a transient failure, others go on.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.queue;

import org.jspecify.annotations.NullMarked;
