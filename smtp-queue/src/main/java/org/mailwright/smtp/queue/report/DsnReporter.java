package org.mailwright.smtp.queue.report;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.NewDelivery;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes delivery status notifications (RFC 3464): one for each kind of news and each reverse-path that it goes to.
 *
 * <p>A mail with the null reverse-path gives no report, so there is never one about a report. A report that cannot be
 * routed is given up with a warning in the log. One about a mail that cannot be read any more does not hold it.
 *
 * @since 0.1.0
 */
public final class DsnReporter implements Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(DsnReporter.class);
    private static final String MAKER = "report";

    private final ReportConfig config;
    private final ReportTexts texts;
    private final ReportRequests requests;
    private final Router router;
    private final Supplier<String> ids;
    private final Clock clock;

    /**
     * Makes one.
     *
     * @param texts the words that people read
     * @param requests what senders asked for
     * @param router says which way reports go; asked with an envelope of its own for each, whose origin is this host in
     *     the role of submission, at the listener {@code report}
     * @param ids names for mails, of letters and digits, each once
     * @param clock with the zone in which dates are written
     */
    public DsnReporter(
            ReportConfig config,
            ReportTexts texts,
            ReportRequests requests,
            Router router,
            Supplier<String> ids,
            Clock clock) {
        this.config = config;
        this.texts = texts;
        this.requests = requests;
        this.router = router;
        this.ids = ids;
        this.clock = clock;
    }

    /** Which recipients are told of in one report. */
    private record Group(Mailbox sender, Kind kind) {}

    @Override
    public Optional<Instant> late(Message message) {
        return requests.late(message);
    }

    @Override
    public List<NewMail> report(Message message, Body content, List<Told> recipients) throws IOException {
        Map<Group, List<Told>> groups = groups(message, recipients);
        if (groups.isEmpty()) {
            return List.of();
        }
        Optional<Original> original = original(message, content);
        List<NewMail> reports = new ArrayList<>(groups.size());
        for (Map.Entry<Group, List<Told>> group : groups.entrySet()) {
            report(message, original, group.getKey(), group.getValue()).ifPresent(reports::add);
        }
        return reports;
    }

    /** Reads the mail. That it is damaged or lost must not keep its sender from hearing what became of it. */
    private Optional<Original> original(Message message, Body content) {
        try {
            return Optional.of(Original.read(content, config.returned()));
        } catch (IOException e) {
            LOG.warn("mail {}: it is told of without its content, which cannot be read", message.id(), e);
            return Optional.empty();
        }
    }

    private Map<Group, List<Told>> groups(Message message, List<Told> recipients) {
        Map<Group, List<Told>> groups = new LinkedHashMap<>();
        if (message.reversePath() instanceof NullPath) {
            LOG.debug("mail {}: it has no reverse-path, nobody is told what became of it", message.id());
            return groups;
        }
        for (Told told : recipients) {
            if (told.delivery().reversePath() instanceof Mailbox sender
                    && ((isOurs(told) && requests.wants(told.delivery().recipient(), told.kind()))
                            || isTraced(message, told))) {
                groups.computeIfAbsent(new Group(sender, told.kind()), key -> new ArrayList<>())
                        .add(told);
            }
        }
        return groups;
    }

    /** Tells whether a sender may hear of this: one that another host answers for hears of it there. */
    private static boolean isOurs(Told told) {
        return switch (told.kind()) {
            case FAILED, DELAYED -> true;
            case SUCCEEDED -> told.result().action() != DeliveryResult.Action.PASSED_ON;
        };
    }

    private boolean isTraced(Message message, Told told) {
        return switch (told.kind()) {
            case FAILED, DELAYED -> false;
            case SUCCEEDED ->
                switch (told.result().action()) {
                    case DELIVERED, EXPANDED -> false;
                    case RELAYED, PASSED_ON ->
                        requests.wantsRelays(
                                message,
                                told.delivery().recipient(),
                                told.result().link());
                };
        };
    }

    private Optional<NewMail> report(Message message, Optional<Original> original, Group group, List<Told> recipients)
            throws IOException {
        String id = ids.get();
        Instant now = clock.instant();
        Attributes carried = requests.carries(message);
        Report.Written written = new Report(config, texts, requests, now, clock.getZone())
                .write(id, message, original, group.sender(), group.kind(), recipients);
        boolean international = !group.sender().isAscii() || written.global();
        Attributes attributes = international ? carried.with(WellKnown.INTERNATIONALIZED, true) : carried;
        Priority priority = requests.priority(message);
        List<NewDelivery> deliveries = route(message, id, group.sender(), attributes).stream()
                .map(route -> new NewDelivery(route.recipient(), route.lane(), Optional.empty(), priority, now))
                .toList();
        if (deliveries.isEmpty()) {
            return Optional.empty();
        }
        Set<Long> tells = recipients.stream().map(told -> told.delivery().id()).collect(Collectors.toSet());
        LOG.info("mail {}: {} recipients {}, told in mail {}", message.id(), recipients.size(), group.kind(), id);
        Message envelope = new Message(
                id,
                NullPath.INSTANCE,
                attributes,
                Provenance.local(MAKER),
                now,
                now.plus(config.lifetime()),
                written.octets().length);
        return Optional.of(new NewMail(envelope, written.octets(), deliveries, tells));
    }

    /** Finds the way of a report. A refusal must not keep the mail itself from being settled. */
    private List<Router.Route> route(Message message, String id, Mailbox sender, Attributes attributes)
            throws IOException {
        Recipient recipient = Recipient.of(sender);
        Origin origin = new Origin(
                "",
                MAKER,
                Role.SUBMISSION,
                config.hostname(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Hello(config.hostname(), true),
                Optional.empty(),
                Optional.empty());
        try {
            return router.route(new Envelope(id, NullPath.INSTANCE, List.of(recipient), attributes, origin), recipient);
        } catch (SmtpException e) {
            LOG.warn("mail {}: no report to {}: {}", message.id(), sender, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("mail {}: no report to {}: its way could not be found", message.id(), sender, e);
        }
        return List.of();
    }
}
