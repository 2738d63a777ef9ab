/**
 * The commands VRFY and EXPN of RFC 5321, with a directory to plug in.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.verify;

import org.jspecify.annotations.NullMarked;
