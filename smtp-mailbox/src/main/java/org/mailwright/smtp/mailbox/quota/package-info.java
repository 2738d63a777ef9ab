/**
 * How much a mailbox may hold: {@link org.mailwright.smtp.mailbox.quota.Quota}, and who keeps it,
 * {@link org.mailwright.smtp.mailbox.quota.QuotaKeeper}: for Maildirs {@code MaildirSize} below
 * {@link org.mailwright.smtp.mailbox.quota.MaildirQuotas}.
 *
 * <p>Failure cases: the file {@code maildirsize} is missing, cut, malformed or of another quota (counted anew); a mail
 * is removed by a program that does not know the file (counted anew, at the latest after a quarter of an hour, before a
 * mail is refused); a mail is stored and the line for it is not (logged; the mail counts with the next count).
 */
@NullMarked
package org.mailwright.smtp.mailbox.quota;

import org.jspecify.annotations.NullMarked;
