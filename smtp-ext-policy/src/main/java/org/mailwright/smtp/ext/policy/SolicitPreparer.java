package org.mailwright.smtp.ext.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Says of which classes a mail is, to a peer that wants to hear it: what was said of it before, or what stands in its
 * header field Solicitation, where it came from a host that does not know the extension (RFC 3865 §2.7). A mail that
 * the peer does not want is refused here.
 */
final class SolicitPreparer implements MailPreparer {

    /** Octets at which the search for a header's end is given up. */
    private static final int LONGEST_HEADER = 256 * 1024;

    @Override
    public OutgoingMail prepare(OutgoingMail mail, PeerView peer) throws SmtpException, IOException {
        Optional<Solicitations> said = mail.attributes().get(NoSolicitingExtension.SOLICIT);
        Optional<Solicitations> classes = said.isEmpty() && isRead(mail, peer) ? inHeader(mail.body()) : said;
        if (classes.isEmpty()) {
            return mail;
        }
        List<String> refused = peer.get(NoSolicitingExtension.PEER_REFUSES).orElse(List.of());
        Optional<Reply> refusal = NoSolicitingExtension.refusal(classes.get(), refused);
        if (refusal.isPresent()) {
            throw new SmtpException(refusal.get());
        }
        return mail.withAttributes(mail.attributes().with(NoSolicitingExtension.SOLICIT, classes.get()));
    }

    @Override
    public boolean mayBlock(OutgoingMail mail, PeerView peer) {
        return isRead(mail, peer) && mail.body().memory().isEmpty();
    }

    private static boolean isRead(OutgoingMail mail, PeerView peer) {
        return !mail.attributes().has(NoSolicitingExtension.SOLICIT)
                && peer.offers(NoSolicitingExtension.KEYWORD)
                && mail.body().replayable();
    }

    /** The classes of the one field, if they can be read. */
    private static Optional<Solicitations> inHeader(Body body) throws IOException {
        HeaderFields fields = new HeaderFields("Solicitation");
        byte[] octets = new byte[8192];
        try (InputStream in = body.open()) {
            int total = 0;
            int count = in.read(octets);
            while (count > 0 && !fields.ended() && total < LONGEST_HEADER) {
                fields.read(ByteBuffer.wrap(octets, 0, count));
                total += count;
                count = in.read(octets);
            }
        }
        fields.end();
        return fields.values().size() == 1 ? Solicitations.read(fields.values().getFirst()) : Optional.empty();
    }
}
