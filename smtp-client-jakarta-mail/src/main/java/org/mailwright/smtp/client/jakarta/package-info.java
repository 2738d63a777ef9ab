/**
 * From Jakarta Mail to the client: {@link org.mailwright.smtp.client.jakarta.MimeMessages}.
 *
 * <p>Failure cases: a message without sender or recipient, with a newsgroup for a recipient, with an address that SMTP
 * cannot carry or that holds control characters (refused before anything is sent), with Bcc (not sent).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.client.jakarta;

import org.jspecify.annotations.NullMarked;
