/**
 * The mail server as it is shipped, and its command line.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.distribution;

import org.jspecify.annotations.NullMarked;
