/**
 * Mail that a recipient does not want: solicitations of a class (NO-SOLICITING, RFC 3865), mail to a mailbox that has
 * changed hands (RRVS, RFC 7293), and mail of somebody for whom its client may not send (SUBMITTER, RFC 4405). Read
 * {@link org.mailwright.smtp.ext.policy.NoSolicitingExtension}; then
 * {@link org.mailwright.smtp.ext.policy.RrvsExtension} and what it asks,
 * {@link org.mailwright.smtp.ext.policy.MailboxHistory}; then {@link org.mailwright.smtp.ext.policy.SubmitterExtension}
 * and {@link org.mailwright.smtp.ext.policy.SubmitterPolicy}. The three do not know each other.
 *
 * <p>Failure cases: values that cannot be read (501 5.5.4); a class of solicitations that is not taken, in the envelope
 * (550 5.7.1 at RCPT) or in the header (550 5.7.1 after the content); a mailbox or a domain that changed hands (550
 * 5.7.17, 5.7.18), a history that does not tell (550 5.7.19), one that fails (451 4.3.0); a submitter for whom the
 * client may not send (550 5.7.1 at MAIL), one that the header does not name (550 5.7.1), a header that names nobody
 * (554 5.7.7); header fields longer than what is kept of them (not judged). On a client: a peer that takes no such
 * solicitations (550 5.7.1), or no RRVS where the sender insists on it (550 5.7.19), both without a word to the peer.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.policy;

import org.jspecify.annotations.NullMarked;
