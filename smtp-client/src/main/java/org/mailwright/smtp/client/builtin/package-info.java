/**
 * The extension that every client has, written against the public SPI. One of the same id that is installed replaces
 * it.
 */
@NullMarked
package org.mailwright.smtp.client.builtin;

import org.jspecify.annotations.NullMarked;
