/**
 * Rewrites a mail so that its octets fit where it goes (RFC 6152 §3, RFC 3030 §3): parts that do not become
 * quoted-printable or base64 (RFC 2045 §6). Read {@link org.mailwright.smtp.ext.content.mime.Conversion}, then
 * {@code Survey} (what is to be done about each part) and {@code Rewriter} (does it). A mail is never held in memory
 * whole, unless it was there before. {@link org.mailwright.smtp.ext.content.mime.HeaderScan} looks at headers only.
 *
 * <p>Failure cases, each 554 5.6.3 before anything of the mail is sent: 8-bit octets within multipart/signed, which
 * nobody may change (RFC 1847 §2.1); in a header; in a part that says it is encoded already; in message/partial (RFC
 * 2046 §5.2.2.2); a header, a depth or a number of parts beyond all reason. A body that can be read only once is not
 * converted: the first octet that does not fit ends the connection.
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.content.mime;

import org.jspecify.annotations.NullMarked;
