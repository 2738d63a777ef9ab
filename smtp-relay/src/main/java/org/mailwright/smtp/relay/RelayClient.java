package org.mailwright.smtp.relay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailwright.smtp.client.Opening;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.mailwright.smtp.queue.DeliveryResult.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to other hosts, which all deliverers of a server share, with what is remembered of the hosts. Safe
 * for any number of threads.
 *
 * @since 0.1.0
 */
public final class RelayClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayClient.class);
    /** X.7.4, by which the client half of STARTTLS says that TLS is not there. */
    private static final int NO_TLS = 4;

    private final SmtpClient client;
    private final PeerNotes notes;
    private final HostMemory memory;
    private final Duration patience;
    private final Function<TlsLevel, Attributes> tls;
    private final MailDemands demands;

    /**
     * How a next hop is spoken to.
     *
     * @param soft for a smarthost: that it does not let us in is no fault of the mail
     * @param demanding whether the mail itself demands the level
     */
    record Manner(
            TlsLevel level, Attributes settings, Optional<TlsPolicy> implicitTls, boolean soft, boolean demanding) {
        static Manner of(TlsLevel level) {
            return new Manner(level, Attributes.EMPTY, Optional.empty(), false, false);
        }

        /** How a mail is sent to where this is the usual manner. */
        Manner of(OutgoingMail mail, MailDemands demands) {
            if (demands.verifiedTls(mail)) {
                return verified();
            }
            boolean strict = level == TlsLevel.REQUIRED || level == TlsLevel.VERIFIED;
            return strict && !soft && demands.optionalTls(mail)
                    ? new Manner(TlsLevel.OPPORTUNISTIC, settings, implicitTls, false, false)
                    : this;
        }

        Manner verified() {
            return new Manner(TlsLevel.VERIFIED, settings, implicitTls, soft, true);
        }
    }

    /**
     * How the hosts of a next hop are found, for a mail to which it matters that they are proven to be the right ones.
     */
    @FunctionalInterface
    interface Way {
        MxPlan plan(boolean proven);
    }

    /** Makes one for mail that demands nothing by itself; see the other constructor. */
    public RelayClient(
            SmtpClientConfig config,
            Collection<? extends Extension> extensions,
            Connector connector,
            Function<TlsLevel, Attributes> tls,
            RelayConfig relay,
            InstantSource clock) {
        this(config, extensions, connector, tls, MailDemands.NONE, relay, clock);
    }

    /**
     * Makes one.
     *
     * @param extensions what is spoken beside PIPELINING, such as the client half of STARTTLS; without one that sees to
     *     8-bit content, such as 8BITMIME, such mail is refused for good (554 5.6.3)
     * @param connector closed with it
     * @param tls the settings by which an extension knows a level; equal ones for the same level each time, for
     *     connections are shared by them. With {@code smtp-ext-tls}: one {@code TlsClientContext} per level, as the
     *     value of {@code StartTlsExtension.DESTINATION}
     * @param demands which mail needs more than its destination's level
     * @param relay how long a host is waited for and suspected, and at which port one that greets by our name is this
     *     one
     */
    public RelayClient(
            SmtpClientConfig config,
            Collection<? extends Extension> extensions,
            Connector connector,
            Function<TlsLevel, Attributes> tls,
            MailDemands demands,
            RelayConfig relay,
            InstantSource clock) {
        this.notes = new PeerNotes(relay.port());
        List<Extension> all = new ArrayList<>(extensions);
        all.add(notes);
        this.client = new SmtpClient(config, all, connector);
        this.tls = tls;
        this.demands = demands;
        this.patience = relay.patience();
        this.memory = new HostMemory(clock, relay.suspicion());
    }

    /** Tries the hosts of a way until each recipient has an answer of its own; one result for each, in order. */
    List<DeliveryResult> send(Way way, OutgoingMail mail, Manner usual, BooleanSupplier wanted)
            throws InterruptedException {
        if (demands.ratherVerifiedTls(mail) && mail.body().replayable()) {
            List<DeliveryResult> safe = sendIn(usual.verified(), way, mail, wanted);
            if (!safe.stream().allMatch(one -> Answers.beforeMail(one.outcome().moment()))) {
                return safe;
            }
        }
        return sendIn(usual.of(mail, demands), way, mail, wanted);
    }

    private List<DeliveryResult> sendIn(Manner manner, Way way, OutgoingMail mail, BooleanSupplier wanted)
            throws InterruptedException {
        Answers answers = new Answers(mail, manner.demanding());
        Targets targets = new Targets(way.plan(manner.demanding()), memory);
        Race race = new Race(targets, target -> open(target, manner), memory, patience);
        boolean readable = true;
        while (readable && !answers.complete() && wanted.getAsBoolean()) {
            Optional<Race.Contact> contact = race.next();
            if (contact.isEmpty()) {
                answers.end(targets.end());
                break;
            }
            Target target = contact.get().target();
            Optional<Outcome> failure = contact.get().failure();
            MailResult answer = failure.isPresent()
                    ? MailResult.all(answers.rest(), failure.get())
                    : once(target, answers.rest(), manner, wanted);
            Optional<Reply> noTls = manner.demanding() ? noTls(target, answer) : Optional.empty();
            answers.add(answer, outcome -> result(target, judged(target, outcome, manner, noTls)));
            readable = failure.isPresent() || mail.body().replayable();
        }
        return answers.results();
    }

    /** Connects to a host, in clear where TLS that is not insisted on fails. */
    private Opening open(Target target, Manner manner) {
        boolean inClear = inClear(target, manner);
        Opening opening = client.open(server(target, manner, inClear ? TlsLevel.NONE : manner.level()));
        CompletableFuture<Optional<Outcome>> ready = opening.ready()
                .thenCompose(failure -> {
                    if (inClear
                            || !fallsBack(manner)
                            || failure.filter(why -> tlsFailed(target, why)).isEmpty()) {
                        return CompletableFuture.completedFuture(failure);
                    }
                    memory.clear(target.address());
                    return client.open(server(target, manner, TlsLevel.NONE)).ready();
                })
                .thenApply(failure -> {
                    if (failure.filter(why -> failed(why, Moment.CONNECT) && !ofOurs(why))
                            .isPresent()) {
                        memory.suspect(target.address());
                    } else {
                        memory.alive(target.address());
                    }
                    return failure;
                });
        return new Opening(opening.reached(), ready);
    }

    private static boolean fallsBack(Manner manner) {
        return manner.level() == TlsLevel.OPPORTUNISTIC && manner.implicitTls().isEmpty();
    }

    private boolean inClear(Target target, Manner manner) {
        return fallsBack(manner) && memory.isClear(target.address());
    }

    private boolean tlsFailed(Target target, Outcome outcome) {
        return failed(outcome, Moment.STEP) || (failed(outcome, Moment.HELLO) && notes.leftInTls(target.address()));
    }

    private static boolean failed(Outcome outcome, Moment moment) {
        return outcome instanceof Outcome.Failed && outcome.moment() == moment;
    }

    private DeliveryResult result(Target target, Outcome outcome) {
        Action action = outcome.isAccepted() && notes.reports(target.address()) ? Action.PASSED_ON : Action.RELAYED;
        return new DeliveryResult(
                outcome,
                action,
                Optional.of(target.host()),
                Answers.beforeMail(outcome.moment()) ? Link.UNKNOWN : notes.link(target.address()));
    }

    private MailResult once(Target target, OutgoingMail mail, Manner manner, BooleanSupplier wanted)
            throws InterruptedException {
        boolean inClear = inClear(target, manner);
        MailResult result = client.send(server(target, manner, inClear ? TlsLevel.NONE : manner.level()), mail, wanted);
        if (fallsBack(manner) && !inClear && first(result, outcome -> tlsFailed(target, outcome))) {
            memory.clear(target.address());
            result = client.send(server(target, manner, TlsLevel.NONE), mail, wanted);
        }
        if (all(result, outcome -> failed(outcome, Moment.CONNECT) && !ofOurs(outcome))) {
            memory.suspect(target.address());
        }
        return result;
    }

    /** What ends a connection is the same for all recipients; and {@link #tlsFailed} tells it once. */
    private static boolean first(MailResult result, Predicate<Outcome> what) {
        return result.recipients().stream().limit(1).anyMatch(one -> what.test(one.outcome()));
    }

    private static boolean all(MailResult result, Predicate<Outcome> what) {
        return result.recipients().stream().allMatch(one -> what.test(one.outcome()));
    }

    /** Tells whether this side gave up: too many wait, or the mail is not wanted any more. */
    private static boolean ofOurs(Outcome outcome) {
        return outcome.reply()
                .enhanced()
                .map(Object::toString)
                .filter(code -> code.startsWith("4.3."))
                .isPresent();
    }

    private ServerAddress server(Target target, Manner manner, TlsLevel level) {
        Attributes[] settings = {manner.settings()};
        Attributes chosen = tls.apply(level);
        chosen.forEach((key, value) -> settings[0] = with(settings[0], key, value));
        return new ServerAddress(
                target.host(),
                target.address().getPort(),
                List.of(target.address().getAddress()),
                settings[0],
                manner.implicitTls());
    }

    @SuppressWarnings("unchecked") // forEach gives each key with a value of its type
    private static <T> Attributes with(Attributes all, AttributeKey<T> key, Object value) {
        return all.with(key, (T) value);
    }

    /** Returns what is said where there is no TLS, which is so for all recipients or for none. */
    private Optional<Reply> noTls(Target target, MailResult result) {
        return result.recipients().stream()
                .map(one -> one.outcome())
                .findFirst()
                .filter(outcome -> tlsFailed(target, outcome)
                        || (outcome.moment() == Moment.STEP && Answers.hasDetail(outcome, NO_TLS)))
                .map(outcome -> Reply.of(550, "5.7.10", Reply.printable("Encryption needed: " + outcome.reply())));
    }

    /** That there is no TLS is final for a mail that demands it. */
    private static Outcome judged(Target target, Outcome outcome, Manner manner, Optional<Reply> noTls) {
        return noTls.isPresent() ? new Outcome.Refused(noTls.get(), outcome.moment()) : soft(target, outcome, manner);
    }

    /** A smarthost that does not let us in is for its operator to mend, not for the sender. */
    private static Outcome soft(Target target, Outcome outcome, Manner manner) {
        if (manner.soft() && outcome.isPermanent() && Answers.beforeMail(outcome.moment())) {
            LOG.warn("The smarthost {} does not let us in, mail waits: {}", target.host(), outcome.reply());
            return new Outcome.Failed(
                    Reply.of(451, "4.7.0", Reply.printable("The smarthost refuses us: " + outcome.reply())),
                    outcome.moment());
        }
        return outcome;
    }

    /** Ends connections, as {@link SmtpClient#close} does. */
    @Override
    public void close() {
        client.close();
    }
}
