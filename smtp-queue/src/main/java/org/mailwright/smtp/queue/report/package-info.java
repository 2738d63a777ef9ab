/**
 * Delivery status notifications (RFC 3464): the mails that tell a sender what became of a mail.
 *
 * <p>Reading order: {@link org.mailwright.smtp.queue.report.DsnReporter} (who is told, and which way the report goes),
 * {@link org.mailwright.smtp.queue.report.ReportConfig}, {@link org.mailwright.smtp.queue.report.ReportTexts} (the
 * words that people read, which a file may replace), {@link org.mailwright.smtp.queue.report.ReportRequests} (what the
 * sender asked for: an extension answers); then {@code Report} (the header and the three parts), {@code ReadableText},
 * {@code StatusFields} and {@code Original} (one of them each), {@code Multipart} (puts them together).
 *
 * <p>Failure cases, and what holds in each:
 *
 * <ul>
 *   <li>the reverse-path is null: no report, so that there is none about a report;
 *   <li>the reverse-path is refused by the router: a warning in the log, no report, and the mail is settled;
 *   <li>its way cannot be found out now, or the mail cannot be read: {@link java.io.IOException}, so that the
 *       settlement is tried again;
 *   <li>line ends and other control characters in a reply, a name of a host, a subject or a DSN parameter: become "?";
 *   <li>the mail is large, or has NUL or lines of more than 998 octets: its header goes back, with long lines cut;
 *   <li>it has no well-formed header: what is well-formed of it goes back, which may be nothing;
 *   <li>very many recipients: one report; the readable part tells of 50, the other of all.
 * </ul>
 */
@NullMarked
package org.mailwright.smtp.queue.report;

import org.jspecify.annotations.NullMarked;
