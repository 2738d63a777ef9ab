package org.mailwright.smtp.ext.schedule;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * DELIVERBY (RFC 2852): a mail is delivered by a time, or its sender hears of it. The time counts down as the mail
 * waits and is relayed. Whoever delivers looks at {@link #BY}: a mail of mode RETURN is given up at its deadline, one
 * of mode NOTIFY is reported late.
 *
 * @since 0.1.0
 */
public final class DeliverByExtension implements Extension {

    /** By when the mail is to be delivered. */
    public static final AttributeKey<DeliverBy> BY = AttributeKey.durable(
            "deliver-by", Scope.TRANSACTION, new AttributeKey.Codec<>(DeliverBy::stored, DeliverBy::restored));

    /** The least time that the peer of a client has stated. */
    public static final AttributeKey<Duration> PEER_LEAST = AttributeKey.of("deliver-by-least", Scope.TLS_EPOCH);

    /** Where the preparer stands among the others. */
    public static final int ORDER = 100;

    private static final String KEYWORD = "DELIVERBY";
    private static final Reply MALFORMED =
            Reply.of(501, "5.5.4", "BY is seconds, \";\", N or R, and perhaps T: such as 120;R");
    private static final Reply NO_TIME = Reply.of(501, "5.5.4", "BY with R needs more than 0 seconds");
    private static final Reply LATE = Reply.of(554, "5.4.7", "Delivery time expired");
    private static final Reply CANNOT = Reply.of(554, "5.3.3", "The server does not deliver by a time");

    private final DeliverByConfig config;
    private final InstantSource clock;

    /** DELIVERBY with {@link DeliverByConfig#DEFAULT} by the system's clock. */
    public DeliverByExtension() {
        this(DeliverByConfig.DEFAULT, InstantSource.system());
    }

    /** DELIVERBY by a clock. */
    @Inject
    public DeliverByExtension(DeliverByConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String id() {
        return KEYWORD;
    }

    /** Reads {@code least}, such as "5m". */
    @Override
    public Extension configured(Settings settings) {
        return settings.only("least")
                .duration("least")
                .map(least -> new DeliverByExtension(new DeliverByConfig(least), clock))
                .orElse(this);
    }

    @Override
    public void server(ServerSide side) {
        long least = config.least().toSeconds();
        List<String> words = least > 0 ? List.of(Long.toString(least)) : List.of();
        side.keyword(KEYWORD, session -> Optional.of(words)).mailParameter(parameter());
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate(KEYWORD, words -> Optional.of(least(words)), PEER_LEAST);
        side.mailParameter(KEYWORD, parameter(), WhenMissing.drop());
        side.preparer(ORDER, (MailPreparer & NonBlocking) this::prepared);
    }

    /** RFC 2852 §4.2: what must come back when it is late is not given to one who does not promise that. */
    private OutgoingMail prepared(OutgoingMail mail, PeerView peer) throws SmtpException {
        Optional<DeliverBy> by = mail.attributes().get(BY).filter(value -> value.mode() == DeliverBy.Mode.RETURN);
        if (by.isPresent()) {
            Duration left = by.get().left(clock.instant());
            Duration least = peer.get(PEER_LEAST).orElse(Duration.ZERO);
            if (left.toSeconds() < 1 || left.compareTo(least) < 0) {
                throw new SmtpException(LATE);
            }
            if (!peer.offers(KEYWORD)) {
                throw new SmtpException(CANNOT);
            }
        }
        return mail;
    }

    /** Reads the first of a list of options; it may be empty, and what else there may be is not known (RFC 2852 §2). */
    private static Duration least(List<String> words) {
        String first = words.isEmpty() ? "" : words.getFirst().replaceFirst(",.*", "");
        return first.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(first)) : Duration.ZERO;
    }

    private Parameter<DeliverBy> parameter() {
        return new Parameter<>("BY", BY, new Parameter.Syntax<>() {
            @Override
            public DeliverBy parse(Optional<String> value) throws SmtpException {
                Instant now = clock.instant();
                DeliverBy by = value.flatMap(text -> DeliverBy.read(text, now))
                        .orElseThrow(() -> new SmtpException(MALFORMED));
                if (by.mode() == DeliverBy.Mode.RETURN) {
                    requireTime(by.left(now));
                }
                return by;
            }

            @Override
            public Optional<String> render(DeliverBy by) {
                return Optional.of(by.written(clock.instant()));
            }
        });
    }

    private void requireTime(Duration span) throws SmtpException {
        if (!span.isPositive()) {
            throw new SmtpException(NO_TIME);
        }
        if (span.compareTo(config.least()) < 0) {
            throw SmtpException.of(
                    555, "5.4.7", "Cannot promise less than " + config.least().toSeconds() + " seconds");
        }
    }
}
