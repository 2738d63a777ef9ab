/**
 * The extension SPI. Read {@link org.mailwright.smtp.core.extension.Extension}, then
 * {@link org.mailwright.smtp.core.extension.ServerSide} and {@link org.mailwright.smtp.core.extension.Step} for the
 * server half; {@link org.mailwright.smtp.core.extension.ClientSide},
 * {@link org.mailwright.smtp.core.extension.ClientStep} and {@link org.mailwright.smtp.core.extension.ClientMove} for
 * the client half.
 *
 * <p>Failure cases: two extensions claim one verb, keyword or parameter (fails at start, naming both); a required one
 * is missing, or a conflicting one present (fails at start); a handler, gate or stage throws (451 and a log line; the
 * session and the listener live on); a receiver does not read its octets (the core drains them); a handler asks for TLS
 * in TLS (503). On the client: a step throws (the connection is given up, each mail that waits for it gets the reply),
 * never ends (bounded), or its peer sends octets in clear behind the leave to start TLS (the connection ends); a
 * preparer throws (that mail is not sent); the peer lacks what a parameter needs
 * ({@link org.mailwright.smtp.core.extension.WhenMissing}).
 */
@NullMarked
package org.mailwright.smtp.core.extension;

import org.jspecify.annotations.NullMarked;
