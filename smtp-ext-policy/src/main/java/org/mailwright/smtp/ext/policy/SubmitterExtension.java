package org.mailwright.smtp.ext.policy;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.text.Xtext;

/**
 * SUBMITTER (RFC 4405, historic): a client says who is responsible for a mail that he sends, which must be whom its
 * header names (RFC 4407). A server may so refuse at MAIL what it would have to refuse after the content.
 *
 * <p>It never changes the reverse-path: reports go where they would go without it.
 *
 * @since 0.1.0
 */
public final class SubmitterExtension implements Extension {

    /** Who is responsible for the mail. */
    public static final AttributeKey<Mailbox> SUBMITTER = AttributeKey.durable(
            "responsible-submitter",
            Scope.TRANSACTION,
            new AttributeKey.Codec<>(
                    Mailbox::toString,
                    text -> address(text).orElseThrow(() -> new IllegalArgumentException("not an address: " + text))));

    /** Where gate, content stage and preparer stand among those of their kind. */
    public static final int ORDER = 250;

    static final String KEYWORD = "SUBMITTER";
    private static final Reply REFUSED = Reply.of(550, "5.7.1", "Submitter not allowed.");
    private static final Parameter<Mailbox> PARAMETER = Parameter.of(
            KEYWORD,
            SUBMITTER,
            text -> Xtext.decodePrintable(text).flatMap(SubmitterExtension::address),
            mailbox -> Xtext.encode(mailbox.toString()));

    private final SubmitterPolicy policy;

    /** SUBMITTER that lets everybody send for everybody whom the header of the mail names. */
    public SubmitterExtension() {
        this(SubmitterPolicy.anybody());
    }

    /** SUBMITTER that asks a policy. */
    @Inject
    public SubmitterExtension(SubmitterPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /**
     * Nowhere by itself: it is historic, and whoever offers it is to look who may send for whom (RFC 4405 §4.2), which
     * needs a policy.
     */
    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.noneOf(Role.class);
    }

    @Override
    public void server(ServerSide side) {
        Gate<Stage.MailRequest> gate =
                NonBlocking.mayBlock(policy) ? this::judge : (Gate<Stage.MailRequest> & NonBlocking) this::judge;
        side.keyword(KEYWORD)
                .mailParameter(PARAMETER)
                .gate(Stage.MAIL, ORDER, gate)
                .content(ORDER, (ContentStage.Factory & NonBlocking) SubmitterExtension::stage);
    }

    private Verdict judge(SessionView session, Stage.MailRequest request) throws IOException {
        Optional<Mailbox> submitter = request.attributes().get(SUBMITTER);
        return submitter.isEmpty() || policy.allows(session, submitter.get())
                ? Verdict.pass()
                : Verdict.refuse(REFUSED);
    }

    private static ContentStage stage(Envelope envelope, SessionView session) {
        return envelope.attributes()
                .get(SUBMITTER)
                .<ContentStage>map(SubmitterStage::new)
                .orElse(ContentStage.PASS);
    }

    /** Nothing is lost on a peer without it: the header says the same (RFC 4405 §4.3). */
    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, PARAMETER, WhenMissing.drop()).preparer(ORDER, new SubmitterPreparer());
    }

    private static Optional<Mailbox> address(String text) {
        try {
            return Optional.of(Mailbox.parse(text)).filter(Mailbox::isAscii);
        } catch (AddressSyntaxException malformed) {
            return Optional.empty();
        }
    }
}
