/**
 * The SIZE extension of RFC 1870, server and client half.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.size;

import org.jspecify.annotations.NullMarked;
