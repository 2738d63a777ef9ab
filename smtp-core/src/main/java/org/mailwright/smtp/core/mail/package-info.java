/**
 * One mail: {@link org.mailwright.smtp.core.mail.Envelope}, its recipients and origin, and the
 * {@link org.mailwright.smtp.core.mail.MessageSink} that takes it, or the
 * {@link org.mailwright.smtp.core.mail.MailReader} that reads it.
 *
 * <p>Failure cases: the client goes away within the content (abort); the sink refuses or fails at any point (the rest
 * is drained, the reply says so); some recipients succeed and others fail (one reply each in LMTP; a transient failure
 * in SMTP, so that nothing is lost); a sink that never looked at the content (its 250 becomes 451).
 */
@NullMarked
package org.mailwright.smtp.core.mail;

import org.jspecify.annotations.NullMarked;
