package org.mailwright.smtp.ext.schedule;

import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.TraceClause;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * MT-PRIORITY (RFC 6710): which mails go first. A client that asks for more than it may have gets what it may have, and
 * is told so (X.3.6). The header field MT-Priority (RFC 6758) of a mail that comes in is taken out: nobody but us says
 * how urgent our mail is. With {@link MtPriorityConfig#tunnel} it says what a client asks for that says nothing in
 * MAIL.
 *
 * @since 0.1.0
 */
public final class MtPriorityExtension implements Extension {

    /** The priority, -9 to 9; a mail without has 0. */
    public static final AttributeKey<Integer> PRIORITY = AttributeKey.durable(
            "mt-priority", Scope.TRANSACTION, new AttributeKey.Codec<>(Object::toString, Integer::valueOf));

    /** Where gate, content stage and converter stand among those of their kind. */
    public static final int ORDER = 100;

    private static final String KEYWORD = "MT-PRIORITY";
    private static final String CLAUSE = "PRIORITY";
    private static final Reply MALFORMED = Reply.of(501, "5.5.2", "MT-PRIORITY is a number from -9 to 9");
    private static final Parameter<Integer> PARAMETER = new Parameter<>(KEYWORD, PRIORITY, new Parameter.Syntax<>() {
        @Override
        public Integer parse(Optional<String> value) throws SmtpException {
            return value.flatMap(PriorityField::value).orElseThrow(() -> new SmtpException(MALFORMED));
        }

        @Override
        public Optional<String> render(Integer value) {
            return Optional.of(value.toString());
        }
    });
    private static final Verdict TOO_LOW =
            Verdict.refuse(450, "4.7.15", "Priority level is too low, only more urgent mail is taken now");

    private final MtPriorityConfig config;

    /** MT-PRIORITY with {@link MtPriorityConfig#DEFAULT}. */
    public MtPriorityExtension() {
        this(MtPriorityConfig.DEFAULT);
    }

    /** MT-PRIORITY. */
    @Inject
    public MtPriorityExtension(MtPriorityConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /**
     * Reads {@code policy}, {@code strangers}, {@code users}, {@code least}, {@code tunnel}, and the table
     * {@code sizes} from priorities to sizes.
     */
    @Override
    public Extension configured(Settings settings) {
        settings.only("policy", "strangers", "users", "least", "sizes", "tunnel");
        return new MtPriorityExtension(new MtPriorityConfig(
                settings.text("policy").or(config::policy),
                priority(settings, "strangers", config.strangers()),
                priority(settings, "users", config.users()),
                priority(settings, "least", config.least()),
                settings.table("sizes").map(MtPriorityExtension::sizes).orElse(config.sizes()),
                settings.flag("tunnel").orElse(config.tunnel())));
    }

    private static int priority(Settings settings, String key, int otherwise) {
        return settings.number(key, MtPriorityConfig.LOWEST, MtPriorityConfig.HIGHEST)
                .map(Long::intValue)
                .orElse(otherwise);
    }

    private static Map<Integer, Long> sizes(Settings table) {
        Map<Integer, Long> sizes = new HashMap<>();
        for (String key : table.keys()) {
            int priority = PriorityField.value(key)
                    .orElseThrow(() ->
                            new IllegalArgumentException(table + ": expected priorities from -9 to 9, found " + key));
            table.size(key).ifPresent(octets -> sizes.put(priority, octets));
        }
        return sizes;
    }

    @Override
    public void server(ServerSide side) {
        List<String> words = config.policy().map(List::of).orElse(List.of());
        side.keyword(KEYWORD, session -> Optional.of(words))
                .mailParameter(PARAMETER)
                .gate(Stage.MAIL, ORDER, (Gate<Stage.MailRequest> & NonBlocking) this::judge)
                .content(ORDER, (ContentStage.Factory & NonBlocking) this::stage);
        if (config.tunnel()) {
            side.gate(Stage.HEADER, ORDER, (Gate<Stage.Heading> & NonBlocking) this::judge);
        }
    }

    private Verdict judge(SessionView session, Stage.MailRequest request) {
        Optional<Integer> asked = request.attributes().get(PRIORITY);
        if (config.tunnel() && asked.isEmpty()) { // the header may ask for one
            return most(session) < config.least() ? TOO_LOW : Verdict.pass();
        }
        return granted(request.attributes(), asked, most(session));
    }

    /** RFC 6758 §3.1, 4a. */
    private Verdict judge(SessionView session, Stage.Heading heading) {
        Attributes known = heading.envelope().attributes();
        return known.has(PRIORITY) ? Verdict.pass() : granted(known, PriorityField.in(heading.header()), most(session));
    }

    private int most(SessionView session) {
        return session.identity().isPresent() ? config.users() : config.strangers();
    }

    private Verdict granted(Attributes known, Optional<Integer> said, int most) {
        int asked = said.orElse(0);
        int given = Math.min(asked, most);
        if (given < config.least()) {
            return TOO_LOW;
        }
        if (said.isEmpty() && given == asked) {
            return Verdict.pass();
        }
        Attributes amended =
                TraceClause.add(known.with(PRIORITY, given), new TraceClause(CLAUSE, Integer.toString(given)));
        return given == asked
                ? Verdict.amend(amended)
                : Verdict.amend(amended, Reply.of(250, "2.3.6", given + " is the new priority of the mail"));
    }

    private ContentStage stage(Envelope envelope, SessionView session) {
        long most = config.most(envelope.attributes().get(PRIORITY).orElse(0));
        FieldRemover remover = new FieldRemover(PriorityField.NAME);
        return most == Long.MAX_VALUE ? remover : new PriorityStage(most, remover);
    }

    @Override
    public void client(ClientSide side) {
        WhenMissing missing = config.tunnel()
                ? WhenMissing.convert((MailPreparer & NonBlocking) MtPriorityExtension::tunnelled)
                : WhenMissing.drop();
        side.mailParameter(KEYWORD, PARAMETER, missing);
    }

    /** RFC 6758 §3.3: the field says what the envelope cannot. */
    private static OutgoingMail tunnelled(OutgoingMail mail, PeerView peer) {
        return mail.attributes()
                .get(PRIORITY)
                .map(priority ->
                        mail.withBody(new HeadedBody(PriorityField.NAME, PriorityField.of(priority), mail.body())))
                .orElse(mail);
    }
}
