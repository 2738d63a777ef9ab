package org.mailwright.smtp.ext.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;

/**
 * PRDR (draft-hall-prdr-00, as Exim has it): the content is answered once for each recipient, so that it can be taken
 * for some and refused for others. The answer is 353, one reply per recipient in the order of the envelope, and one for
 * all: 250 if anybody gets the mail. A content that is refused as such has the one reply that it has without PRDR.
 *
 * <p>A client asks for it where a mail has more than one recipient. In LMTP every content is answered so (RFC 2033),
 * and nothing is offered.
 *
 * @since 0.1.0
 */
public final class PrdrExtension implements Extension {

    /** Whether the client wants the content answered once per recipient; for this host alone. */
    public static final AttributeKey<Boolean> PRDR = Envelope.ANSWERED_EACH;

    /** Where its preparer stands: behind those that change the recipients' values. */
    public static final int ORDER = 900;

    static final String KEYWORD = "PRDR";
    private static final int EACH_FOLLOWS = 353;
    private static final Reply FIRST = Reply.of(EACH_FOLLOWS, "A reply for each recipient follows");
    private static final Parameter<Boolean> PARAMETER = Parameter.flag(KEYWORD, PRDR);

    /** PRDR. */
    public PrdrExtension() {}

    @Override
    public String id() {
        return KEYWORD;
    }

    @Override
    public void server(ServerSide side) {
        if (side.role() != Role.LMTP) {
            side.keyword(KEYWORD).mailParameter(PARAMETER).contentAnswer(PrdrExtension::answer);
        }
    }

    private static Optional<List<Reply>> answer(Envelope envelope, List<Reply> each) {
        if (!envelope.attributes().has(PRDR)) {
            return Optional.empty();
        }
        List<Reply> replies = new ArrayList<>(each.size() + 2);
        replies.add(FIRST);
        replies.addAll(each);
        replies.add(forAll(each));
        return Optional.of(replies);
    }

    /** Who has an answer of his own must not be told again that the mail is to come once more for somebody else. */
    private static Reply forAll(List<Reply> each) {
        long taken = each.stream().filter(Reply::isPositive).count();
        return taken == 0
                ? new Acceptance(each).combined()
                : Reply.of(250, "2.0.0", "Taken for " + taken + " of " + each.size() + " recipients");
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, PARAMETER, WhenMissing.drop())
                .preparer(ORDER, (MailPreparer & NonBlocking) PrdrExtension::asking)
                .contentAnswer(
                        KEYWORD,
                        (mail, reply) -> reply.code() == EACH_FOLLOWS
                                && mail.attributes().has(PRDR));
    }

    private static OutgoingMail asking(OutgoingMail mail, PeerView peer) {
        return peer.offers(KEYWORD) && !peer.lmtp() && mail.recipients().size() > 1
                ? mail.withAttributes(mail.attributes().with(PRDR, true))
                : mail;
    }
}
