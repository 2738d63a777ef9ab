package org.mailwright.smtp.ext.content;

import java.io.IOException;
import java.util.Set;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.ext.content.mime.Conversion;
import org.mailwright.smtp.ext.content.mime.Target;

/**
 * BINARYMIME (RFC 3030 §3): content of any octets, with or without lines, in chunks. A client converts it for a peer
 * that does not take it.
 *
 * @since 0.1.0
 */
public final class BinaryMimeExtension implements Extension {

    /** Where its preparer stands: before that of 8BITMIME, for what it converts may be 8-bit. */
    public static final int ORDER = 40;

    private static final String KEYWORD = "BINARYMIME";

    /** Set on a binary mail whose peer takes it so. */
    static final AttributeKey<Boolean> AS_IT_IS = AttributeKey.of("binary-as-it-is", Scope.TRANSACTION);

    private static final Parameter<BodyType> BODY = BodyValues.parameter(BodyType.BINARY_MIME);
    private static final Reply NEEDS_CHUNKS = Reply.of(503, "5.5.1", "Binary content needs BDAT");

    @Override
    public String id() {
        return KEYWORD;
    }

    @Override
    public Set<String> requires() {
        return Set.of(EightBitMimeExtension.KEYWORD, ChunkingExtension.KEYWORD);
    }

    /** Returns a binary mail in the lines of whatever the peer takes. */
    static OutgoingMail inLines(OutgoingMail mail, PeerView peer) throws SmtpException, IOException {
        boolean eightBit = peer.offers(EightBitMimeExtension.KEYWORD);
        Conversion conversion = new Conversion(eightBit ? Target.EIGHT_BIT : Target.SEVEN_BIT, false);
        Attributes attributes =
                mail.attributes().with(BodyType.KEY, eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT);
        return mail.withBody(conversion.of(mail.body())).withAttributes(attributes);
    }

    /** Tells whether a mail is declared as binary. */
    static boolean isBinary(Attributes mail) {
        return mail.get(BodyType.KEY).filter(BodyType.BINARY_MIME::equals).isPresent();
    }

    @Override
    public void server(ServerSide side) {
        side.keyword(KEYWORD).mailParameter(BODY);
        side.gate(Stage.DATA, ORDER, (Gate<Envelope> & NonBlocking) (session, envelope) ->
                isBinary(envelope.attributes()) && !envelope.attributes().has(ChunkingExtension.CHUNKED)
                        ? Verdict.refuse(NEEDS_CHUNKS)
                        : Verdict.pass());
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, BODY, WhenMissing.drop());
        side.preparer(ORDER, new Preparer());
    }

    private record Preparer() implements MailPreparer {
        @Override
        public OutgoingMail prepare(OutgoingMail mail, PeerView peer) throws SmtpException, IOException {
            if (!isBinary(mail.attributes())) {
                return mail;
            }
            return mayBlock(mail, peer)
                    ? inLines(mail, peer)
                    : mail.withAttributes(mail.attributes().with(AS_IT_IS, true));
        }

        /** Whoever offers this without CHUNKING offers nothing. */
        @Override
        public boolean mayBlock(OutgoingMail mail, PeerView peer) {
            return isBinary(mail.attributes()) && !(peer.offers(KEYWORD) && peer.offers(ChunkingExtension.KEYWORD));
        }
    }
}
