/**
 * What programs expect of {@code sendmail}: its options, its reading of a mail from standard input, its exit statuses.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.sendmail.SendmailOptions} (the command line),
 * {@link org.mailwright.smtp.distribution.sendmail.WireText} (line ends),
 * {@link org.mailwright.smtp.distribution.sendmail.LocalMail} (header and body).
 *
 * <p>Failure cases: {@link org.mailwright.smtp.distribution.sendmail.SendmailException} with a message that names the
 * option, address or line.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.sendmail;

import org.jspecify.annotations.NullMarked;
