/**
 * Small programs that show how a server is composed, run by the tests.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.examples;

import org.jspecify.annotations.NullMarked;
