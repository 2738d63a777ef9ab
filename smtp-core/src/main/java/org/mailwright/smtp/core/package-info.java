/**
 * Addresses, commands, replies, wire codecs, the extension SPI and the session engine, without sockets.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.core;

import org.jspecify.annotations.NullMarked;
