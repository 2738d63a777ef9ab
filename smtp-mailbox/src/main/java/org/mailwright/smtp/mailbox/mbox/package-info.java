/**
 * Mailboxes of the mbox form: {@link org.mailwright.smtp.mailbox.mbox.MboxDeliverer}, then {@code MboxMail} and
 * {@code MboxLines} (what is written), {@code MboxFiles} and {@code DotLock} (how nobody else writes meanwhile).
 *
 * <p>Failure cases:
 *
 * <ul>
 *   <li>another program holds the lock: waited for, at most for the configured time, then 451;
 *   <li>the owner of a lock file is gone: taken over when its process is, on this host, or when it is old;
 *   <li>a write or fsync fails, or the server stops: the file is cut back to what it was;
 *   <li>the process dies while it writes: a part of a mail stays at the end, the next one begins behind it on a line of
 *       its own, and the mail is delivered again;
 *   <li>the file does not end with an empty line: the missing line ends are written first;
 *   <li>a symbolic link is in its place: refused.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.mailbox.mbox;

import org.jspecify.annotations.NullMarked;
