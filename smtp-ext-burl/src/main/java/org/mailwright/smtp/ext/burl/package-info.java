/**
 * BURL (RFC 4468): the content of a mail, or a part of it, is fetched from an IMAP server, by a URL that the server has
 * authorized (URLAUTH, RFC 4467). Read {@link org.mailwright.smtp.ext.burl.BurlExtension}, then
 * {@link org.mailwright.smtp.ext.burl.ImapUrl} (what is believed of a URL),
 * {@link org.mailwright.smtp.ext.burl.BurlConfig} (which servers are asked) and
 * {@link org.mailwright.smtp.ext.burl.ImapConversation} (how they are).
 *
 * <p>Failure cases, each of which ends the mail: no authentication (530 5.7.0); no recipient (554 5.5.0, and nothing is
 * looked up); arguments that are no URL (501 5.5.4); a server that is not configured (554 5.7.14; RFC 5248 has put that
 * in the place of 5.7.8); a URL of somebody else, or for another use than submission (554 5.7.0, without a word to the
 * server); a server that is away, slow, speaks no TLS, has a wrong certificate, does not let us in, or says what nobody
 * understands (451 4.4.1); one that cannot answer now (451 4.6.6); content that is gone, whose URL is forged or has
 * expired (554 5.6.6); content that is too large (554 5.3.4); binary data, with bare CR or LF, in a mail that is not
 * declared as binary (554 5.6.3, or mended; behind BDAT 550 5.6.11); BODY=BINARYMIME and no BDAT before it (503 5.5.1,
 * as with DATA).
 *
 * @since 0.1.0
 */
@NullMarked
package org.mailwright.smtp.ext.burl;

import org.jspecify.annotations.NullMarked;
