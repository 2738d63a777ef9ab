/**
 * Framing: lines ({@link org.mailwright.smtp.core.wire.LineSplitter}) and content
 * ({@link org.mailwright.smtp.core.wire.DotDecoder}) out of octets that come in any pieces.
 *
 * <p>Failure cases, and where every other implementation was hurt: bare CR and bare LF in any combination with dots
 * (end nothing); a line without end (dropped, bounded); an end cut at every octet; octets that are not UTF-8; NUL. The
 * result never depends on how the octets were cut into pieces.
 */
@NullMarked
package org.mailwright.smtp.core.wire;

import org.jspecify.annotations.NullMarked;
