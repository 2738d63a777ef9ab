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
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
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
import org.mailwright.smtp.core.mail.Role;

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

    /** Where the gate stands among those of its stage. */
    public static final int ORDER = 100;

    private static final String KEYWORD = "FUTURERELEASE";
    private static final WhenMissing CANNOT = WhenMissing.fail(554, "5.3.3", "The server cannot hold mail");
    private static final Verdict BOTH = Verdict.refuse(501, "5.5.4", "HOLDFOR and HOLDUNTIL exclude each other");
    private static final Verdict PAST = Verdict.refuse(501, "5.5.4", "HOLDUNTIL is past");

    private static final Parameter<Duration> HOLDFOR = Parameter.of(
            "HOLDFOR", HOLD_FOR, FutureReleaseExtension::span, span -> Long.toString(Math.max(1, span.toSeconds())));
    private static final Parameter<Instant> HOLDUNTIL = Parameter.of(
            "HOLDUNTIL",
            HOLD_UNTIL,
            FutureReleaseExtension::time,
            time -> time.truncatedTo(ChronoUnit.SECONDS).toString());

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
            return BOTH;
        }
        Instant now = clock.instant();
        Optional<Instant> release = span.map(now::plus).or(() -> until);
        if (release.isEmpty()) {
            return Verdict.pass();
        }
        if (release.get().isBefore(now)) {
            return PAST;
        }
        return release.get().isAfter(now.plus(config.longest()))
                ? Verdict.refuse(
                        501, "5.5.4", "Mail is held for " + config.longest().toSeconds() + " seconds at most")
                : Verdict.amend(attributes.with(RELEASE, release.get()));
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(KEYWORD, HOLDFOR, CANNOT);
        side.mailParameter(KEYWORD, HOLDUNTIL, CANNOT);
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
