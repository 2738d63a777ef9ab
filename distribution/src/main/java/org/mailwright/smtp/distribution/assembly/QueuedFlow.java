package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.LocalPart;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.session.MailIds;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.QueueConfig;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.mailbox.alias.AliasDeliverer;
import org.mailwright.smtp.mailbox.alias.Redistribution;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LanePolicy;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.Router;
import org.mailwright.smtp.queue.intake.MailTerms;
import org.mailwright.smtp.queue.intake.PressureGate;
import org.mailwright.smtp.queue.intake.QueueSink;
import org.mailwright.smtp.queue.report.DsnReporter;
import org.mailwright.smtp.queue.report.ReportConfig;
import org.mailwright.smtp.queue.report.ReportRequests;
import org.mailwright.smtp.queue.report.ReportTexts;
import org.mailwright.smtp.queue.route.DomainRouter;
import org.mailwright.smtp.queue.schedule.QueueRunner;

/** Mail waits in a queue until it is delivered. */
final class QueuedFlow implements MailFlow {

    private final QueueConfig config;
    private final MailQueue queue;
    private final QueueSink sink;
    private final QueueRunner runner;
    private final Optional<QueuedFlow> before;
    private final RelayParts relay;
    private final List<Pool> pools;
    private final Reporter reporter;
    private final TurnParts turns;
    private final WayAnew ways;

    private QueuedFlow(
            ServerConfig config,
            LocalNames names,
            OwnAddresses own,
            Installed installed,
            MailQueue queue,
            RelayParts relay,
            List<Extension> clients,
            Optional<QueuedFlow> before)
            throws AssemblyException {
        this.config = config.queue();
        this.queue = queue;
        this.relay = relay;
        this.before = before;
        List<Pool> ways = new ArrayList<>(relay.pools());
        ways.add(LocalParts.pool(config, names.recipients(), clients));
        ways.add(Pool.of(AliasDeliverer.POOL, new AliasDeliverer(), LanePolicy.DEFAULT));
        Optional<HostPort> filter = config.filter().after();
        ways.add(filter.isPresent() ? FilterParts.pool(config, filter.get(), installed) : FilterReturn.withoutFilter());
        this.turns = TurnParts.open(config, installed, queue, relay, clients, before.map(known -> known.turns));
        ways.add(turns.pool());
        Clock clock = Clock.system(ZoneId.systemDefault());
        this.pools = ScheduleParts.inTime(installed, ways, clock);
        Router router = router(
                names,
                own,
                installed.has(Bundled.DSN) ? DsnParts.redistribution() : Redistribution.PLAIN,
                relay,
                turns);
        Router first = filter.isPresent() ? FilterParts.after(config, router) : router;
        this.ways = new WayAnew(router, filter.isPresent(), config.hostname());
        this.reporter = turns.quieten(reporter(config, installed, router, clock));
        this.sink = new QueueSink(queue, first, config.queue().expire(), terms(installed), clock);
        this.runner = before.map(known -> known.runner)
                .orElseGet(() -> new QueueRunner(
                        queue, pools, reporter, QueueParts.runner(config.queue()), clock, new SecureRandom()));
    }

    /**
     * Opens the queue and all ways out of it.
     *
     * @param before the flow whose queue goes on to be used
     */
    static QueuedFlow open(
            ServerConfig config,
            LocalNames names,
            Installed installed,
            List<Extension> extensions,
            Optional<QueuedFlow> before)
            throws AssemblyException {
        if (before.isPresent() && !sameStore(before.get().config, config.queue())) {
            throw new AssemblyException("queue: another store needs a restart of the server");
        }
        List<Extension> clients = new ArrayList<>(installed.standalone(extensions));
        clients.addAll(ScheduleParts.clients(installed, InstantSource.system()));
        OwnAddresses own = OwnAddresses.of(config);
        RelayParts relay = RelayParts.open(config, own, installed, clients);
        try {
            MailQueue queue = before.isPresent()
                    ? before.get().queue
                    : QueueParts.open(config.queue(), DurableKeys.of(extensions, config.hostname()));
            return new QueuedFlow(config, names, own, installed, queue, relay, clients, before);
        } catch (AssemblyException | RuntimeException e) {
            relay.close();
            throw e;
        }
    }

    private static MailTerms terms(Installed installed) {
        MailTerms terms = ScheduleParts.terms(installed);
        return installed.has(Bundled.DSN) ? DsnParts.terms(terms) : terms;
    }

    private static boolean sameStore(QueueConfig one, QueueConfig other) {
        return one.store() == other.store()
                && one.folder().equals(other.folder())
                && one.url().equals(other.url())
                && one.user().equals(other.user())
                && one.lease().equals(other.lease());
    }

    private static Reporter reporter(ServerConfig config, Installed installed, Router router, Clock clock)
            throws AssemblyException {
        ReportConfig usual = ReportConfig.of(config.hostname());
        try {
            ReportTexts texts = config.reports().texts().isPresent()
                    ? ReportTexts.read(config.reports().texts().get())
                    : ReportTexts.usual();
            return new DsnReporter(
                    new ReportConfig(
                            usual.hostname(),
                            postmaster(config),
                            config.reports().returned(),
                            config.queue().expire()),
                    texts,
                    ProtectedReports.of(
                            installed,
                            ScheduleParts.requests(
                                    installed,
                                    installed.has(Bundled.DSN) ? DsnParts.requests() : ReportRequests.USUAL)),
                    router,
                    MailIds.startingNow(),
                    clock);
        } catch (IOException | IllegalArgumentException e) {
            throw new AssemblyException("reports.texts: " + e.getMessage(), e);
        }
    }

    /** Who answers to a report reaches a human (RFC 3464 section 2). */
    private static Mailbox postmaster(ServerConfig config) {
        return new Mailbox(
                LocalPart.of("postmaster"), Domain.parse(config.mainDomain()).toAscii());
    }

    /** Local names first, for an alias may lead elsewhere; what is for others goes by route, smarthost or MX. */
    private static Router router(
            LocalNames names, OwnAddresses own, Redistribution terms, RelayParts relay, TurnParts turns) {
        Router elsewhere = new DomainRouter(
                Map.of(),
                host -> Optional.empty(),
                (envelope, recipient) -> List.of(),
                domain -> turns.lane(domain).orElseGet(() -> relay.lane(domain)));
        Router local = names.router(own, terms, elsewhere);
        return new DomainRouter(
                Map.of(),
                host -> Optional.of(isLocal(host, names, own) ? local : elsewhere),
                local,
                domain -> new LaneName(RelayParts.RELAY, domain));
    }

    private static boolean isLocal(Host host, LocalNames names, OwnAddresses own) {
        return names.recipients().domains().contains(host)
                || switch (host) {
                    case Domain domain -> false;
                    case AddressLiteral literal -> own.test(literal);
                };
    }

    @Override
    public MessageSink sink() {
        return sink;
    }

    @Override
    public Optional<MailQueue> queue() {
        return Optional.of(queue);
    }

    @Override
    public Optional<LaneName> lane(Delivery delivery) throws IOException {
        return ways.lane(delivery);
    }

    @Override
    public List<Extension> extensions() {
        List<Extension> extensions = new ArrayList<>(turns.extensions());
        extensions.add(new PressureGate(queue::pressure));
        return extensions;
    }

    @Override
    public void start() {
        runner.start();
    }

    @Override
    public void succeed(Duration patience) throws InterruptedException {
        runner.use(pools, reporter, QueueParts.runner(config), patience);
        before.ifPresent(QueuedFlow::closeWays);
    }

    @Override
    public void abandon() {
        closeWays();
    }

    @Override
    public void stop(Duration patience) throws IOException, InterruptedException {
        try {
            runner.stop(patience);
        } finally {
            closeWays();
            queue.close();
        }
    }

    private void closeWays() {
        pools.forEach(pool -> pool.deliverer().close());
        relay.close();
    }
}
