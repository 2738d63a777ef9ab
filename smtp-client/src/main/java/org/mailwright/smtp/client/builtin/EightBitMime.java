package org.mailwright.smtp.client.builtin;

import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * The client half of 8BITMIME (RFC 6152): tells the peer of octets beyond US-ASCII, and does not send them to a peer
 * that does not take them. Nothing is converted: such a mail is refused with 554 5.6.3.
 *
 * @since 0.1.0
 */
public final class EightBitMime implements Extension {

    /** What happens to 8-bit content when the peer does not offer 8BITMIME. */
    public enum Policy {
        /** It is refused (RFC 6152 §3). */
        REFUSE,
        /** It is sent as it is, as many programs do: for peers that are known to pass it on. */
        SEND
    }

    private static final String KEYWORD = "8BITMIME";
    private static final AttributeKey<String> BODY = AttributeKey.of("client-body", Scope.TRANSACTION);
    static final Reply REFUSAL = Reply.of(554, "5.6.3", "The content is 8-bit, and the server does not offer 8BITMIME");

    private final Policy policy;

    /** Makes it with this policy. */
    public EightBitMime(Policy policy) {
        this.policy = policy;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, new Parameter<>("BODY", BODY, new Text()), WhenMissing.drop())
                .preparer(1000, (MailPreparer & NonBlocking) this::prepare);
    }

    private OutgoingMail prepare(OutgoingMail mail, PeerView peer) throws SmtpException {
        Body.Content content = mail.body().content();
        if (content == Body.Content.SEVEN_BIT) {
            return mail;
        }
        if (peer.offers(KEYWORD)) {
            return mail.withAttributes(mail.attributes().with(BODY, KEYWORD));
        }
        if (policy == Policy.SEND) {
            return mail;
        }
        if (content == Body.Content.EIGHT_BIT) {
            throw new SmtpException(REFUSAL);
        }
        return mail.withBody(new SevenBitBody(mail.body()));
    }

    private static final class Text implements Parameter.Syntax<String> {
        @Override
        public String parse(Optional<String> value) {
            return value.orElse("");
        }

        @Override
        public Optional<String> render(String value) {
            return Optional.of(value);
        }
    }
}
