/**
 * Listeners, the built-in commands and the built-in gates.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.server;

import org.jspecify.annotations.NullMarked;
