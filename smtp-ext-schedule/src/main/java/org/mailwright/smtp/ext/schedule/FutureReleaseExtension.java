package org.mailwright.smtp.ext.schedule;

import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mailwright.smtp.core.address.NullPath;
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
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * FUTURERELEASE (RFC 4865): a submission server holds a mail until a time. Whoever queues it looks at {@link #RELEASE}.
 * Only the wish of a user is sent to a server, so that a mail is held once and not again by each relay.
 *
 * @since 0.1.0
 */
public final class FutureReleaseExtension implements Extension {

    /** For how long the client wants the mail held. */
    public static final AttributeKey<Duration> HOLD_FOR = AttributeKey.of("hold-for", Scope.TRANSACTION);

    /** Until when the client wants the mail held. */
    public static final AttributeKey<Instant> HOLD_UNTIL = AttributeKey.of("hold-until", Scope.TRANSACTION);

    /** When a server lets the mail go, by either wish. */
    public static final AttributeKey<Instant> RELEASE = AttributeKey.durable(
            "future-release", Scope.TRANSACTION, new AttributeKey.Codec<>(Instant::toString, Instant::parse));

    /**
     * What the sender asked for, as reports repeat it (RFC 4865 §5.1.2): {@code for;3600}, or {@code until;} a time.
     */
    public static final AttributeKey<String> REQUEST = AttributeKey.durable(
            "future-release-request",
            Scope.TRANSACTION,
            new AttributeKey.Codec<>(Function.identity(), Function.identity()));

    /** Where gate and preparer stand among those of their stage. */
    public static final int ORDER = 100;

    private static final String KEYWORD = "FUTURERELEASE";
    private static final WhenMissing CANNOT = WhenMissing.fail(554, "5.3.3", "The server cannot hold mail");
    private static final Reply BOTH = Reply.of(501, "5.5.4", "HOLDFOR and HOLDUNTIL exclude each other");
    private static final Reply PAST = Reply.of(501, "5.5.4", "HOLDUNTIL is past");
    private static final Reply TOO_LATE = Reply.of(501, "5.5.4", "The mail is to be delivered before its release");
    private static final Reply REPORT = Reply.of(501, "5.5.4", "Reports are not held");

    /** What passes between two looks at the clock is no time. */
    private static final Duration GRACE = Duration.ofMillis(999);

    private static final AttributeKey<Limits> PEER = AttributeKey.of("future-release-limits", Scope.TLS_EPOCH);

    private static final Parameter<Duration> HOLDFOR = Parameter.of(
            "HOLDFOR", HOLD_FOR, FutureReleaseExtension::span, span -> Long.toString(Math.max(1, span.toSeconds())));
    private static final Parameter<Instant> HOLDUNTIL = Parameter.of(
            "HOLDUNTIL",
            HOLD_UNTIL,
            FutureReleaseExtension::time,
            time -> time.truncatedTo(ChronoUnit.SECONDS).toString());

    /** How long a peer holds mail. */
    private record Limits(Duration longest, Instant last) {
        static Optional<Limits> of(List<String> words) {
            return words.size() < 2
                    ? Optional.empty()
                    : span(words.get(0)).flatMap(longest -> time(words.get(1)).map(last -> new Limits(longest, last)));
        }
    }

    private final FutureReleaseConfig config;
    private final InstantSource clock;

    /** FUTURERELEASE with {@link FutureReleaseConfig#DEFAULT} by the system's clock. */
    public FutureReleaseExtension() {
        this(FutureReleaseConfig.DEFAULT, InstantSource.system());
    }

    /** FUTURERELEASE by a clock. */
    @Inject
    public FutureReleaseExtension(FutureReleaseConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** It belongs to submission (RFC 4865 §2); elsewhere nothing of it is there. */
    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.of(Role.SUBMISSION);
    }

    /** Reads {@code longest}, such as "30d". */
    @Override
    public Extension configured(Settings settings) {
        return settings.only("longest")
                .duration("longest")
                .map(longest -> new FutureReleaseExtension(new FutureReleaseConfig(longest), clock))
                .orElse(this);
    }

    @Override
    public void server(ServerSide side) {
        if (side.role() == Role.SUBMISSION) {
            side.keyword(KEYWORD, session -> Optional.of(words()))
                    .mailParameter(HOLDFOR)
                    .mailParameter(HOLDUNTIL)
                    .durable(REQUEST)
                    .gate(Stage.MAIL, ORDER, (Gate<Stage.MailRequest> & NonBlocking) this::judge);
        }
    }

    private List<String> words() {
        Instant last = clock.instant().plus(config.longest()).truncatedTo(ChronoUnit.SECONDS);
        return List.of(Long.toString(config.longest().toSeconds()), last.toString());
    }

    private Verdict judge(SessionView session, Stage.MailRequest request) {
        Attributes attributes = request.attributes();
        Optional<Duration> span = attributes.get(HOLD_FOR);
        Optional<Instant> until = attributes.get(HOLD_UNTIL);
        if (span.isPresent() && until.isPresent()) {
            return Verdict.refuse(BOTH);
        }
        Instant now = clock.instant();
        Optional<Instant> release = span.map(now::plus).or(() -> until);
        if (release.isEmpty()) {
            return Verdict.pass();
        }
        if (release.get().isBefore(now)) {
            return Verdict.refuse(PAST);
        }
        if (release.get().isAfter(now.plus(config.longest()))) {
            return Verdict.refuse(tooLong(config.longest()));
        }
        if (isTooLate(release.get(), attributes)) {
            return Verdict.refuse(TOO_LATE);
        }
        String asked = span.map(time -> "for;" + time.toSeconds()).orElseGet(() -> "until;" + release.get());
        return Verdict.amend(attributes.with(RELEASE, release.get()).with(REQUEST, asked));
    }

    /** RFC 4865 §5.2: one of the two wishes could not be granted. */
    private static boolean isTooLate(Instant release, Attributes attributes) {
        return attributes
                .get(DeliverByExtension.BY)
                .filter(by -> release.isAfter(by.deadline().plus(GRACE)))
                .isPresent();
    }

    private static Reply tooLong(Duration longest) {
        return Reply.of(501, "5.5.4", "Mail is held for " + longest.toSeconds() + " seconds at most");
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate(KEYWORD, Limits::of, PEER);
        side.mailParameter(KEYWORD, HOLDFOR, CANNOT);
        side.mailParameter(KEYWORD, HOLDUNTIL, CANNOT);
        side.preparer(ORDER, (MailPreparer & NonBlocking) this::prepared);
    }

    /** What a client must see to itself (RFC 4865 §4.1, 5.1.1, 5.2.1). */
    private OutgoingMail prepared(OutgoingMail mail, PeerView peer) throws SmtpException {
        Optional<Duration> span = mail.attributes().get(HOLD_FOR);
        Optional<Instant> until = mail.attributes().get(HOLD_UNTIL);
        Optional<Instant> release = span.map(clock.instant()::plus).or(() -> until);
        if (release.isEmpty()) {
            return mail;
        }
        if (span.isPresent() && until.isPresent()) {
            throw new SmtpException(BOTH);
        }
        if (mail.reversePath() instanceof NullPath) {
            throw new SmtpException(REPORT);
        }
        Optional<Limits> limits = peer.get(PEER);
        if (limits.isPresent()) {
            Limits most = limits.get();
            if (span.filter(time -> time.compareTo(most.longest()) > 0).isPresent()
                    || until.filter(most.last()::isBefore).isPresent()) {
                throw new SmtpException(tooLong(most.longest()));
            }
        }
        if (isTooLate(release.get(), mail.attributes())) {
            throw new SmtpException(TOO_LATE);
        }
        return mail;
    }

    private static Optional<Duration> span(String text) {
        return text.matches("[1-9][0-9]{0,8}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : Optional.empty();
    }

    /** Reads a time of RFC 3339 in UTC. */
    private static Optional<Instant> time(String text) {
        if (!text.endsWith("Z") && !text.endsWith("z")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
