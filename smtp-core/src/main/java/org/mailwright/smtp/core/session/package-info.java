/**
 * The server's state machine, without sockets. Read {@link org.mailwright.smtp.core.session.SmtpService} (what a
 * listener offers, composed of extensions), then {@link org.mailwright.smtp.core.session.ServerSession} (turns and
 * framing), then {@code Dialogue} (what is admitted), {@code SessionRecord} (what is known) and {@code ContentReader}
 * (content).
 *
 * <p>Failure cases: a client that speaks too early, too much, too slowly, not at all, never reads, or is no SMTP
 * client; one that goes away at any octet; code of an author that throws at any point, blocks for long, or never reads
 * the content; a stop while mails are in flight. In each the session ends or goes on in a defined state, a reply is
 * never lost or doubled, and the content in progress is committed or aborted, never both.
 */
@NullMarked
package org.mailwright.smtp.core.session;

import org.jspecify.annotations.NullMarked;
