/**
 * The extensions that every client has, written against the public SPI. One of the same id that is installed replaces
 * it.
 *
 * <p>Failure cases: content whose octets are known only when it is read turns out to be 8-bit in the middle (the
 * connection ends before the end of the content, the mail is refused).
 */
@NullMarked
package org.mailwright.smtp.client.builtin;

import org.jspecify.annotations.NullMarked;
