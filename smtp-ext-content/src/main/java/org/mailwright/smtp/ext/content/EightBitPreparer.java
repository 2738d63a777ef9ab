package org.mailwright.smtp.ext.content;

import java.io.IOException;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.ext.content.EightBitMimeConfig.Missing;
import org.mailwright.smtp.ext.content.mime.Conversion;
import org.mailwright.smtp.ext.content.mime.Target;

/**
 * Says which octets a mail has, where the peer cares; else sees to it that they are US-ASCII. What the mail itself says
 * of its octets is not believed, for clients err.
 */
record EightBitPreparer(Missing missing) implements MailPreparer {

    private static final Conversion TO_SEVEN_BIT = new Conversion(Target.SEVEN_BIT, true);
    private static final Reply REFUSAL =
            Reply.of(554, "5.6.3", "The content is 8-bit, and the server does not offer 8BITMIME");

    @Override
    public OutgoingMail prepare(OutgoingMail mail, PeerView peer) throws SmtpException, IOException {
        if (BinaryMimeExtension.isBinary(mail.attributes())) {
            // a client without that extension cannot send it so
            return mail.attributes().has(BinaryMimeExtension.AS_IT_IS) ? mail : BinaryMimeExtension.inLines(mail, peer);
        }
        if (sevenBit(mail)) {
            return mail.attributes().has(BodyType.KEY) ? typed(mail, BodyType.SEVEN_BIT) : mail;
        }
        if (peer.offers(EightBitMimeExtension.KEYWORD)) {
            return typed(mail, BodyType.EIGHT_BIT_MIME);
        }
        return switch (missing) {
            case SEND -> mail;
            case CONVERT -> mail.withBody(TO_SEVEN_BIT.of(mail.body()));
            case REFUSE -> refused(mail);
        };
    }

    private static OutgoingMail refused(OutgoingMail mail) throws SmtpException, IOException {
        if (!mail.body().replayable()) {
            return mail.withBody(TO_SEVEN_BIT.of(mail.body())); // refuses while it is read
        }
        if (!TO_SEVEN_BIT.fits(mail.body())) {
            throw new SmtpException(REFUSAL);
        }
        return mail;
    }

    private static boolean sevenBit(OutgoingMail mail) {
        return mail.body().content() == Body.Content.SEVEN_BIT;
    }

    private static OutgoingMail typed(OutgoingMail mail, BodyType type) {
        Attributes attributes = mail.attributes().with(BodyType.KEY, type);
        return mail.withAttributes(attributes);
    }

    @Override
    public boolean mayBlock(OutgoingMail mail, PeerView peer) {
        return BinaryMimeExtension.isBinary(mail.attributes())
                || (missing != Missing.SEND && !sevenBit(mail) && !peer.offers(EightBitMimeExtension.KEYWORD));
    }
}
