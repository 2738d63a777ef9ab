package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.Router;
import org.mailwright.smtp.queue.intake.PressureGate;
import org.mailwright.smtp.queue.intake.QueueSink;
import org.mailwright.smtp.queue.route.DomainRouter;
import org.mailwright.smtp.queue.schedule.QueueRunner;

/** Mail waits in a queue until it is delivered. */
final class QueuedFlow implements MailFlow {

    private final MailQueue queue;
    private final QueueSink sink;
    private final QueueRunner runner;
    private final RelayParts relay;
    private final Pool local;

    private QueuedFlow(ServerConfig config, LocalRecipients recipients, MailQueue queue, RelayParts relay) {
        this.queue = queue;
        this.relay = relay;
        this.local = LocalParts.pool(config, recipients);
        InstantSource clock = InstantSource.system();
        Router router = router(config, recipients, relay);
        this.sink = new QueueSink(queue, router, config.queue().expire(), clock);
        List<Pool> pools = new ArrayList<>(relay.pools());
        pools.add(local);
        this.runner = new QueueRunner(
                queue, pools, Reporter.SILENT, QueueParts.runner(config.queue()), clock, new SecureRandom());
    }

    /** Opens the queue and all ways out of it. */
    static QueuedFlow open(
            ServerConfig config, LocalRecipients recipients, Installed installed, List<Extension> extensions)
            throws AssemblyException {
        List<Extension> plugins = installed.plugins().stream()
                .map(found -> found.extension())
                .map(Extension.class::cast)
                .toList();
        RelayParts relay = RelayParts.open(config, installed, plugins);
        try {
            MailQueue queue = QueueParts.open(config.queue(), DurableKeys.of(extensions, config.hostname()));
            return new QueuedFlow(config, recipients, queue, relay);
        } catch (AssemblyException | RuntimeException e) {
            relay.close();
            throw e;
        }
    }

    private static Router router(ServerConfig config, LocalRecipients recipients, RelayParts relay) {
        LaneName smarthost = new LaneName(RelayParts.SMARTHOST, RelayParts.SMARTHOST);
        LaneName postmaster = new LaneName(LocalParts.LOCAL, config.mainDomain());
        return new DomainRouter(
                Map.of(),
                host -> recipients.domains().contains(host)
                        ? Optional.of(DomainRouter.to(new LaneName(LocalParts.LOCAL, name(host))))
                        : Optional.empty(),
                DomainRouter.to(postmaster),
                domain -> relay.routes()
                        .find(domain)
                        .map(route ->
                                new LaneName(RelayParts.ROUTE, route.to().isPresent() ? Routes.key(route) : domain))
                        .orElseGet(() -> relay.hasSmarthost() ? smarthost : new LaneName(RelayParts.RELAY, domain)));
    }

    private static String name(Host host) {
        return host instanceof Domain domain ? domain.canonical() : host.toString();
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
    public List<Extension> extensions() {
        return List.of(new PressureGate(queue::pressure));
    }

    @Override
    public void start() {
        runner.start();
    }

    @Override
    public void stop(Duration patience) throws IOException, InterruptedException {
        try {
            runner.stop(patience);
        } finally {
            relay.close();
            local.deliverer().close();
            queue.close();
        }
    }
}
