/**
 * Which octets a mail may have, and how they are put on the wire. Read {@link org.mailwright.smtp.ext.content.BodyType}
 * and {@link org.mailwright.smtp.ext.content.EightBitMimeExtension} (RFC 6152), then
 * {@link org.mailwright.smtp.ext.content.mime.Conversion}.
 *
 * <p>Failure cases: an unknown or missing value of BODY (501 5.5.4); 8-bit content for a peer that does not take it,
 * and that cannot be converted (554 5.6.3 without a word to it); a body that says BODY=7BIT and is not, or the reverse
 * (what it really is goes to the peer).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.content;

import org.jspecify.annotations.NullMarked;
