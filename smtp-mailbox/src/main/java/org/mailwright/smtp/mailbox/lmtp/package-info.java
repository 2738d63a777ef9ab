/**
 * Mailboxes of another server: {@link org.mailwright.smtp.mailbox.lmtp.LmtpDeliverer} hands mail to an
 * {@link org.mailwright.smtp.mailbox.lmtp.LmtpServer}.
 *
 * <p>Failure cases: the server is not there (all recipients: 451, before the mail began, so that the lane rests); it
 * refuses some recipients at RCPT, and others after the content (each has a result of its own); a kept connection is
 * dead (tried once more over another); it goes away after the content and before some of its replies (unknown for those
 * that are missing); the lease of the lane is lost while the content is sent (the final dot is not sent); the content
 * cannot be read (451, and the connection ends).
 */
@NullMarked
package org.mailwright.smtp.mailbox.lmtp;

import org.jspecify.annotations.NullMarked;
