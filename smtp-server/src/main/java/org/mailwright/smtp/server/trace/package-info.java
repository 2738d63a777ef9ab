/**
 * Header fields that the server adds: trace fields everywhere, missing fields on submission. They stream: no header is
 * ever held in memory.
 *
 * <p>Failure cases: a mail without header, without empty line, without anything; a field name cut by the border of two
 * pieces; a header of any size; a mail that loops (554 5.4.6).
 */
@NullMarked
package org.mailwright.smtp.server.trace;

import org.jspecify.annotations.NullMarked;
