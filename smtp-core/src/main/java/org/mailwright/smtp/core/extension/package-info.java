/**
 * The extension SPI. Read {@link org.mailwright.smtp.core.extension.Extension}, then
 * {@link org.mailwright.smtp.core.extension.ServerSide} and {@link org.mailwright.smtp.core.extension.Step} for the server
 * half, {@link org.mailwright.smtp.core.extension.ClientSide} for the client half.
 *
 * <p>Failure cases: two extensions claim one verb, keyword or parameter (fails at start, naming both); a required one is
 * missing, or a conflicting one present (fails at start); a handler, gate or stage throws (451 and a log line; the session
 * and the listener live on); a receiver does not read its octets (the core drains them); a handler asks for TLS in TLS
 * (503).
 */
@NullMarked
package org.mailwright.smtp.core.extension;

import org.jspecify.annotations.NullMarked;
