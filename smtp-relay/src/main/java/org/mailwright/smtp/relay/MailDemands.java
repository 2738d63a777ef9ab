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
     * Tells whether a mail goes to no host but with {@link TlsLevel#VERIFIED}, and only to hosts of which it is proven
     * that they take the mail of the domain. That a host has no such TLS is then final for the mail, once no other host
     * is left (RFC 8689 section 4.2.1). Must not block.
     */
    boolean verifiedTls(OutgoingMail mail);

    /**
     * Tells whether a mail is first tried as if {@link #verifiedTls} said so, and goes as usual only where no host
     * takes it like that: a report, which must be protected as the mail was that it tells of, and is not to be lost
     * (RFC 8689 section 5). Must not block.
     */
    default boolean ratherVerifiedTls(OutgoingMail mail) {
        return false;
    }

    /**
     * Tells whether a mail would rather arrive in clear than not at all: then {@link TlsLevel#REQUIRED} and
     * {@link TlsLevel#VERIFIED} count as {@link TlsLevel#OPPORTUNISTIC} at the mail exchangers of a domain (RFC 8689
     * section 4.2.2), not at a smarthost. Asked for those levels alone; it may read the content if that is replayable.
     */
    default boolean optionalTls(OutgoingMail mail) {
        return false;
    }
}
