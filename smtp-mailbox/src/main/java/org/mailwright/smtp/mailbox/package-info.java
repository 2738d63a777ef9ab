/**
 * Local mailboxes: where the mail of the domains that this server is responsible for ends.
 *
 * <p>Reading order: {@link org.mailwright.smtp.mailbox.LocalMailbox} (who),
 * {@link org.mailwright.smtp.mailbox.PathTemplate} (where), {@link org.mailwright.smtp.mailbox.MaildirStore} (how),
 * {@link org.mailwright.smtp.mailbox.MailDrop} (one mail on its way in); then what a server is made of:
 * {@link org.mailwright.smtp.mailbox.LocalRecipients} (whose mail this is),
 * {@link org.mailwright.smtp.mailbox.Addressees}, {@link org.mailwright.smtp.mailbox.MailboxRoom} and
 * {@link org.mailwright.smtp.mailbox.LocalMailboxes} (who is refused), {@link org.mailwright.smtp.mailbox.MaildirSink}
 * and {@link org.mailwright.smtp.mailbox.DiscardSink} (where it ends).
 *
 * <p>Failure cases, and what is left behind:
 *
 * <ul>
 *   <li>the disk is full, or a quota is reached: {@link org.mailwright.smtp.mailbox.MailboxException} with
 *       {@link org.mailwright.smtp.mailbox.MailboxException.Kind#FULL}; nothing in any {@code new/};
 *   <li>a write, fsync, link or rename fails: the same with {@code Kind.IO}; what this mail had already put into other
 *       mailboxes is taken out again;
 *   <li>the process dies: at most a file in a {@code tmp/} that no reader looks at, or a complete mail in {@code new/};
 *   <li>the same mail is delivered again to the same mailbox: one file, because its name follows from both.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.mailbox;

import org.jspecify.annotations.NullMarked;
