package org.mailwright.smtp.ext.policy;

import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.Postmaster;
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
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.text.Ascii;

/**
 * RRVS (RFC 7293): a mail goes to a mailbox only if that has been the same person's since a time, so that nobody gets
 * the password of the one who had the address before. The time stands in the parameter, or in the header field
 * Require-Recipient-Valid-Since.
 *
 * @since 0.1.0
 */
public final class RrvsExtension implements Extension {

    /** Since when the recipient must have been the same. */
    public static final AttributeKey<ValidSince> VALID_SINCE = AttributeKey.durable(
            "rrvs",
            Scope.RECIPIENT,
            new AttributeKey.Codec<>(
                    ValidSince::toString,
                    text -> ValidSince.read(text)
                            .orElseThrow(() -> new IllegalArgumentException("not a value of RRVS: " + text))));

    /** Where gate and content stage stand among those of their kind. */
    public static final int ORDER = 300;

    private static final String KEYWORD = "RRVS";

    /** The names of RFC 2142. */
    private static final Set<String> ROLES = Set.of(
            "abuse",
            "ftp",
            "hostmaster",
            "info",
            "marketing",
            "news",
            "noc",
            "postmaster",
            "sales",
            "security",
            "support",
            "usenet",
            "uucp",
            "webmaster",
            "www");

    private static final Reply NOT_THERE =
            Reply.of(550, "5.7.19", "The server does not know since when recipients are valid");
    private static final Parameter<ValidSince> PARAMETER =
            Parameter.of(KEYWORD, VALID_SINCE, ValidSince::read, ValidSince::toString);

    private final MailboxHistory history;

    /** RRVS that leaves the answer to the next host. */
    public RrvsExtension() {
        this(MailboxHistory.elsewhere());
    }

    /** RRVS that asks a history. */
    @Inject
    public RrvsExtension(MailboxHistory history) {
        this.history = history;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    @Override
    public void server(ServerSide side) {
        boolean quick = !NonBlocking.mayBlock(history);
        Gate<Recipient> gate = quick ? (Gate<Recipient> & NonBlocking) this::judge : this::judge;
        ContentStage.Factory stage = quick
                ? (ContentStage.Factory & NonBlocking) (envelope, session) -> new RrvsStage(envelope, this)
                : (envelope, session) -> new RrvsStage(envelope, this);
        side.keyword(KEYWORD)
                .rcptParameter(PARAMETER)
                .gate(Stage.RCPT, ORDER, gate)
                .content(ORDER, stage);
    }

    private Verdict judge(SessionView session, Recipient recipient) throws IOException {
        Optional<ValidSince> valid = recipient.attributes().get(VALID_SINCE);
        Optional<Reply> refusal = valid.isEmpty()
                ? Optional.empty()
                : refusal(recipient.path(), valid.get().since());
        return refusal.map(Verdict::refuse).orElse(Verdict.pass());
    }

    /** Returns with what mail to a mailbox is refused, if it is. */
    Optional<Reply> refusal(ForwardPath path, Instant since) throws IOException {
        if (isRole(path)) {
            return Optional.empty();
        }
        return switch (history.since(path, since)) {
            case CONTINUOUS, ELSEWHERE -> Optional.empty();
            case MAILBOX_CHANGED -> Optional.of(Reply.of(550, "5.7.17", "Mailbox owner has changed"));
            case DOMAIN_CHANGED -> Optional.of(Reply.of(550, "5.7.18", "Domain owner has changed"));
            case UNKNOWN -> Optional.of(Reply.of(550, "5.7.19", "Cannot tell whose the mailbox was"));
        };
    }

    /** Whose such a mailbox is does not matter (RFC 7293 §5.1). */
    private static boolean isRole(ForwardPath path) {
        return switch (path) {
            case Postmaster postmaster -> true;
            case Mailbox mailbox ->
                ROLES.contains(Ascii.lower(mailbox.localPart().toString()));
        };
    }

    @Override
    public void client(ClientSide side) {
        side.rcptParameter(
                KEYWORD,
                PARAMETER,
                WhenMissing.failIf(attributes ->
                        attributes.get(VALID_SINCE).filter(ValidSince::reject).map(valid -> NOT_THERE)));
    }
}
