/**
 * DSN (RFC 3461): a sender says of which fates of a mail it wants to hear, and what the reports shall name. Read
 * {@link org.mailwright.smtp.ext.dsn.DsnExtension}, then the values of its parameters:
 * {@link org.mailwright.smtp.ext.dsn.Ret}, {@link org.mailwright.smtp.ext.dsn.EnvelopeId},
 * {@link org.mailwright.smtp.ext.dsn.Notify}, {@link org.mailwright.smtp.ext.dsn.OriginalRecipient}. MTRK (RFC 3885)
 * marks mails that are to be tracked: {@link org.mailwright.smtp.ext.dsn.MtrkExtension}.
 *
 * <p>Failure cases, all 501 5.5.4: RET that is neither FULL nor HDRS; ENVID that is longer than 100 characters, is no
 * xtext, or stands for something that is not printable (a line end in it would end up in a report); NOTIFY with an
 * unknown word, without any, or with NEVER beside others; ORCPT without type, longer than 500 characters, that is no
 * xtext or not printable, or with UTF-8 in a mail without SMTPUTF8; MTRK with what is no base64, with a time that is no
 * number, or without an ENVID that names a host; any of them twice (the core sees to it) or without value. A peer that
 * does not offer DSN gets the mail without a word of this.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.dsn;

import org.jspecify.annotations.NullMarked;
