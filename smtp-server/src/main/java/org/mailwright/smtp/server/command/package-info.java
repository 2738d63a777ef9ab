/**
 * The built-in commands, written against the public SPI like any extension.
 *
 * <p>Failure cases: arguments where none are allowed, or none where one is needed (501); a path that is none (501 5.1.7
 * or 5.1.3); an internationalized path without leave (550 or 553 5.6.7); a name in EHLO that could forge a log line
 * (501).
 */
@NullMarked
package org.mailwright.smtp.server.command;

import org.jspecify.annotations.NullMarked;
