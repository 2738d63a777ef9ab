package org.mailwright.smtp.ext.content;

import java.io.IOException;
import java.util.List;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.ext.content.mime.Conversion;
import org.mailwright.smtp.ext.content.mime.HeaderScan;
import org.mailwright.smtp.ext.content.mime.Target;

/**
 * Declares a mail that needs SMTPUTF8. For a peer that does not offer it, refuses a mail whose header needs it, and
 * writes domains in A-labels; addresses whose local part needs it are refused by the core, one by one. What such a mail
 * holds as {@code message/global}, as reports do, is encoded for such a peer (RFC 6533 §4.5).
 *
 * @param detect whether to look into headers of mails that nobody has declared
 */
record SmtpUtf8Preparer(boolean detect) implements MailPreparer {

    private static final Conversion TO_SEVEN_BIT = new Conversion(Target.SEVEN_BIT, true);
    private static final Reply REFUSAL =
            Reply.of(550, "5.6.9", "The header is in UTF-8, and the server does not offer SMTPUTF8");

    @Override
    public OutgoingMail prepare(OutgoingMail mail, PeerView peer) throws SmtpException, IOException {
        OutgoingMail plain = withAsciiDomains(mail);
        if (!peer.offers(SmtpUtf8Extension.KEYWORD)) {
            if (looks(mail, peer) ? headerNeedsIt(mail) : declared(mail) && unknown(mail.body())) {
                throw new SmtpException(REFUSAL);
            }
            return looks(mail, peer) && declared(mail) && HeaderScan.anyGlobal(mail.body())
                    ? plain.withBody(TO_SEVEN_BIT.of(mail.body()))
                    : plain;
        }
        if (declared(mail)) {
            return mail;
        }
        boolean needed = !ascii(plain) || (looks(mail, peer) && headerNeedsIt(mail));
        return needed ? mail.withAttributes(mail.attributes().with(WellKnown.INTERNATIONALIZED, true)) : plain;
    }

    /** Tells whether the header has to be read. */
    private boolean looks(OutgoingMail mail, PeerView peer) {
        boolean offered = peer.offers(SmtpUtf8Extension.KEYWORD);
        return (declared(mail) ? !offered : detect)
                && mail.body().replayable()
                && mail.body().content() != Body.Content.SEVEN_BIT;
    }

    /** What was declared is looked through to its last part; of other mails the header must be UTF-8 indeed. */
    private static boolean headerNeedsIt(OutgoingMail mail) throws IOException {
        if (declared(mail)) {
            return HeaderScan.anyBeyondAscii(mail.body());
        }
        boolean ascii = mail.body().memory().map(Body.MemoryBody::ascii).orElse(false);
        return !ascii && HeaderScan.firstInUtf8(mail.body());
    }

    private static boolean unknown(Body body) {
        return body.content() != Body.Content.SEVEN_BIT;
    }

    private static boolean declared(OutgoingMail mail) {
        return mail.attributes().get(WellKnown.INTERNATIONALIZED).orElse(false);
    }

    private static boolean ascii(OutgoingMail mail) {
        return mail.reversePath().isAscii()
                && mail.recipients().stream().allMatch(each -> each.path().isAscii());
    }

    private static OutgoingMail withAsciiDomains(OutgoingMail mail) {
        if (ascii(mail)) {
            return mail;
        }
        ReversePath from = AsciiDomains.of(mail.reversePath());
        List<Recipient> to = mail.recipients().stream()
                .map(each -> new Recipient(AsciiDomains.of(each.path()), each.attributes()))
                .toList();
        return new OutgoingMail(from, to, mail.attributes(), mail.body());
    }

    @Override
    public boolean mayBlock(OutgoingMail mail, PeerView peer) {
        return looks(mail, peer) && mail.body().memory().isEmpty();
    }
}
