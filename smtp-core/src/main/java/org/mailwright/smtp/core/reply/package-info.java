/**
 * What is answered: {@link org.mailwright.smtp.core.reply.Reply}, its enhanced status codes, and the exception that
 * carries one.
 *
 * <p>Failure cases: text from outside that holds line ends (refused by type); a code of another class than its enhanced
 * code (refused); a line longer than 512 octets (folded); octets beyond US-ASCII (never sent).
 */
@NullMarked
package org.mailwright.smtp.core.reply;

import org.jspecify.annotations.NullMarked;
