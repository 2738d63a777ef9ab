package org.mailwright.smtp.ext.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;

/**
 * Says of every mail who is responsible for it, to a peer that wants to hear it (RFC 4405 §4.1). The header has the
 * say, for it may have changed on the way, and the peer compares; where it does not tell, what was told before is
 * passed on.
 */
final class SubmitterPreparer implements MailPreparer {

    /** Octets at which the search for a header's end is given up. */
    private static final int LONGEST_HEADER = 256 * 1024;

    @Override
    public OutgoingMail prepare(OutgoingMail mail, PeerView peer) throws IOException {
        if (!isAsked(mail, peer)) {
            return mail;
        }
        return responsible(mail.body())
                .filter(Mailbox::isAscii)
                .map(found -> mail.withAttributes(mail.attributes().with(SubmitterExtension.SUBMITTER, found)))
                .orElse(mail);
    }

    @Override
    public boolean mayBlock(OutgoingMail mail, PeerView peer) {
        return isAsked(mail, peer);
    }

    private static boolean isAsked(OutgoingMail mail, PeerView peer) {
        return peer.offers(SubmitterExtension.KEYWORD) && mail.body().replayable();
    }

    private static Optional<Mailbox> responsible(Body body) throws IOException {
        ResponsibleAddress address = new ResponsibleAddress();
        byte[] octets = new byte[8192];
        try (InputStream in = body.open()) {
            int total = 0;
            int count = in.read(octets);
            while (count > 0 && !address.ended() && total < LONGEST_HEADER) {
                address.read(ByteBuffer.wrap(octets, 0, count));
                total += count;
                count = in.read(octets);
            }
        }
        return address.end();
    }
}
