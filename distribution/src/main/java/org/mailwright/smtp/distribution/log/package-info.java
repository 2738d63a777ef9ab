/**
 * The log of the server: lines on standard error, for people or as JSON.
 *
 * <p>Reading order: {@link org.mailwright.smtp.distribution.log.LogSetup},
 * {@link org.mailwright.smtp.distribution.log.LogLine}.
 *
 * <p>Failure cases: text that came from outside cannot begin a new line nor move the cursor of a terminal, because
 * control characters are written as {@code \}{@code xNN}.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution.log;

import org.jspecify.annotations.NullMarked;
