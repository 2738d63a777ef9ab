/**
 * The way of queued mail into the mailboxes of this host: {@link org.mailwright.smtp.mailbox.delivery.MailboxDelivery}
 * (what all have in common), then {@link org.mailwright.smtp.mailbox.delivery.MaildirDeliverer},
 * {@link org.mailwright.smtp.mailbox.delivery.DiscardDeliverer} and, in its own package, mbox.
 *
 * <p>Failure cases, each of its own recipient alone:
 *
 * <ul>
 *   <li>the user is gone since the mail was accepted: 550 5.1.1;
 *   <li>the mail was delivered for the same address before, by its Delivered-To fields: 554 5.4.6;
 *   <li>the mailbox is full: 452 4.2.2 or 552 5.2.2; the disk is full: 452 4.3.1; it fails: 451 4.3.0;
 *   <li>the content cannot be read: 451 4.3.0 for all;
 *   <li>the server stops between two recipients: the first is settled, the others are tried again;
 *   <li>the process dies between delivery and settlement: the next attempt finds the file and says that it is there.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.mailbox.delivery;

import org.jspecify.annotations.NullMarked;
