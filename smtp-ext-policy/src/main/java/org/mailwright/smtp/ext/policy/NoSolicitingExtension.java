package org.mailwright.smtp.ext.policy;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * NO-SOLICITING (RFC 3865): a server says which classes of solicitations it does not take, a mail says in SOLICIT, or
 * in the header field Solicitation, of which it is.
 *
 * @since 0.1.0
 */
public final class NoSolicitingExtension implements Extension {

    /** Of which classes the mail says it is. */
    public static final AttributeKey<Solicitations> SOLICIT = AttributeKey.durable(
            "solicit",
            Scope.TRANSACTION,
            new AttributeKey.Codec<>(
                    Solicitations::toString,
                    text -> Solicitations.read(text)
                            .orElseThrow(() -> new IllegalArgumentException("not a value of SOLICIT: " + text))));

    /** Which classes the peer of a client does not take. */
    public static final AttributeKey<List<String>> PEER_REFUSES =
            AttributeKey.of("solicitations-refused", Scope.TLS_EPOCH);

    /** Where gate, content stage and preparer stand among those of their kind. */
    public static final int ORDER = 200;

    static final String KEYWORD = "NO-SOLICITING";
    private static final String REFUSED = "No solicitations of this class: SOLICIT=";

    /** Characters of classes that a refusal names. */
    private static final int MOST_NAMED = 400;

    private static final Parameter<Solicitations> PARAMETER =
            Parameter.of("SOLICIT", SOLICIT, Solicitations::read, Solicitations::toString);

    private final NoSolicitingConfig config;

    /** NO-SOLICITING with {@link NoSolicitingConfig#DEFAULT}. */
    public NoSolicitingExtension() {
        this(NoSolicitingConfig.DEFAULT);
    }

    /** NO-SOLICITING. */
    @Inject
    public NoSolicitingExtension(NoSolicitingConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** Reads {@code refused}, a list of classes. */
    @Override
    public Extension configured(Settings settings) {
        return settings.only("refused")
                .texts("refused")
                .map(refused -> new NoSolicitingExtension(new NoSolicitingConfig(refused)))
                .orElse(this);
    }

    @Override
    public void server(ServerSide side) {
        List<String> words = config.refused().isEmpty() ? List.of() : List.of(String.join(",", config.refused()));
        side.keyword(KEYWORD, session -> Optional.of(words)).mailParameter(PARAMETER);
        if (!config.refused().isEmpty()) {
            side.gate(Stage.RCPT, ORDER, (Gate<Recipient> & NonBlocking) this::judge);
            side.content(ORDER, (ContentStage.Factory & NonBlocking) (envelope, session) -> new Reading());
        }
    }

    private Verdict judge(SessionView session, Recipient recipient) {
        return session.get(SOLICIT)
                .flatMap(classes -> refusal(classes, config.refused()))
                .map(Verdict::refuse)
                .orElse(Verdict.pass());
    }

    /** Names the classes that are not taken (RFC 3865 §2.4). */
    static Optional<Reply> refusal(Solicitations classes, List<String> refused) {
        List<String> found = classes.among(refused);
        String names = String.join(",", found);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(Reply.of(
                        550,
                        "5.7.1",
                        REFUSED + (names.length() <= MOST_NAMED ? names : names.substring(0, MOST_NAMED))));
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate(KEYWORD, NoSolicitingExtension::refusals, PEER_REFUSES)
                .mailParameter(KEYWORD, PARAMETER, WhenMissing.drop())
                .preparer(ORDER, new SolicitPreparer());
    }

    private static Optional<List<String>> refusals(List<String> words) {
        return Optional.of(words.stream()
                .flatMap(word -> Arrays.stream(word.split(",")))
                .filter(Solicitations::isKeyword)
                .toList());
    }

    /** Judges the header field; a client that does not know the extension has no other way to say it. */
    private final class Reading implements ContentStage {

        private final HeaderFields fields = new HeaderFields("Solicitation");
        private boolean judged;

        @Override
        public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
            fields.read(octets);
            if (fields.ended()) {
                judge();
            }
            next.write(octets);
        }

        @Override
        public void end(Next next) throws SmtpException {
            fields.end();
            judge();
        }

        private void judge() throws SmtpException {
            if (judged) {
                return;
            }
            judged = true;
            for (String value : fields.values()) {
                Optional<Reply> refusal =
                        Solicitations.read(value).flatMap(classes -> refusal(classes, config.refused()));
                if (refusal.isPresent()) {
                    throw new SmtpException(refusal.get());
                }
            }
        }
    }
}
