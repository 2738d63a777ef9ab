package org.mailwright.smtp.relay;

import org.mailwright.smtp.core.mail.OutgoingMail;

/**
 * Tells what a mail itself demands of its way, whatever the destination's {@link TlsLevel} is. Whoever puts a server
 * together knows which extension says so.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MailDemands {

    /** No mail demands anything. */
    MailDemands NONE = mail -> false;

    /**
     * Tells whether a mail goes to no host but with {@link TlsLevel#VERIFIED}. That a host has no such TLS is then
     * final for the mail, once no other host is left (RFC 8689 §4.2.1). Must not block.
     */
    boolean verifiedTls(OutgoingMail mail);
}
