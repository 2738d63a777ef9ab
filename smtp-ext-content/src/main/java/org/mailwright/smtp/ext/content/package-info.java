/**
 * Which octets a mail may have, how they are put on the wire, and how they are answered. Read
 * {@link org.mailwright.smtp.ext.content.BodyType} and {@link org.mailwright.smtp.ext.content.EightBitMimeExtension}
 * (RFC 6152), then {@link org.mailwright.smtp.ext.content.ChunkingExtension} and
 * {@link org.mailwright.smtp.ext.content.BinaryMimeExtension} (RFC 3030),
 * {@link org.mailwright.smtp.ext.content.SmtpUtf8Extension} (RFC 6531),
 * {@link org.mailwright.smtp.ext.content.PrdrExtension} (one reply per recipient), and
 * {@link org.mailwright.smtp.ext.content.mime.Conversion}.
 *
 * <p>Failure cases: an unknown or missing value of BODY (501 5.5.4); 8-bit or binary content for a peer that does not
 * take it, and that cannot be converted (554 5.6.3 without a word to it); a body that says BODY=7BIT and is not, or the
 * reverse (what it really is goes to the peer); BDAT without mail or recipient, after the last one or a refused one,
 * DATA between two, DATA for binary content (503 5.5.1); a number of octets that cannot be read (501 5.5.4, and the
 * connection is closed, for nobody knows where the next command is), or something wrong behind it (501 5.5.4, the
 * octets are dropped, the mail is over); a bare CR or LF in chunks of lines (550 5.6.11, or mended, as the listener
 * does with DATA); a million chunks of one octet (554 5.5.0); a client that goes away between two chunks (abort). For
 * SMTPUTF8: a value (501 5.5.4); an address in UTF-8 without it (550 or 553 5.6.7), one that is no UTF-8 or no domain
 * (501); a peer that does not take it (553 5.6.7 for each such recipient or the mail, 550 5.6.9 for a header, without a
 * word to it).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.content;

import org.jspecify.annotations.NullMarked;
