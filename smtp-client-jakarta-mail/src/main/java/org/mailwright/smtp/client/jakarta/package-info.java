/**
 * Sends a Jakarta Mail MimeMessage with the SMTP client.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.client.jakarta;

import org.jspecify.annotations.NullMarked;
