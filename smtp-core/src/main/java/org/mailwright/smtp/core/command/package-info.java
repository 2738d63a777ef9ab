/**
 * What is said: a {@link org.mailwright.smtp.core.command.Command} and the ESMTP parameters of MAIL and RCPT, as
 * values.
 *
 * <p>Failure cases: control characters anywhere (refused by type); a parameter glued to the path, given twice, without
 * keyword or with an empty value (501); a verb of absurd length (no verb).
 */
@NullMarked
package org.mailwright.smtp.core.command;

import org.jspecify.annotations.NullMarked;
