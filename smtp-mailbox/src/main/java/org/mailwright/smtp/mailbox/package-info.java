/**
 * Delivery of local mail to Maildir.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.mailbox;

import org.jspecify.annotations.NullMarked;
