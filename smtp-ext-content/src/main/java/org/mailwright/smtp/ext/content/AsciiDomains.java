package org.mailwright.smtp.ext.content;

import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.address.ReversePath;

/** Writes the domains of addresses in A-labels, where that makes the address US-ASCII (RFC 5890 §2.3.2.1). */
final class AsciiDomains {

    private AsciiDomains() {}

    static ReversePath of(ReversePath path) {
        return switch (path) {
            case NullPath none -> none;
            case Mailbox mailbox -> of(mailbox);
        };
    }

    static ForwardPath of(ForwardPath path) {
        return switch (path) {
            case Postmaster postmaster -> postmaster;
            case Mailbox mailbox -> of(mailbox);
        };
    }

    private static Mailbox of(Mailbox mailbox) {
        if (!mailbox.localPart().isAscii() || !(mailbox.host() instanceof Domain domain) || domain.isAscii()) {
            return mailbox;
        }
        try {
            return new Mailbox(mailbox.localPart(), domain.toAscii());
        } catch (AddressSyntaxException tooLong) {
            return mailbox;
        }
    }
}
