package org.mailwright.smtp.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.MailIds;
import org.mailwright.smtp.dns.DnsConfig;
import org.mailwright.smtp.dns.MailDns;
import org.mailwright.smtp.dns.ResolverDns;
import org.mailwright.smtp.ext.content.EightBitMimeExtension;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.ext.tls.TlsClientConfig;
import org.mailwright.smtp.ext.tls.TlsClientContext;
import org.mailwright.smtp.ext.tls.TlsMaterialException;
import org.mailwright.smtp.ext.tls.TlsMode;
import org.mailwright.smtp.queue.DurableAttributes;
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
import org.mailwright.smtp.queue.schedule.QueueRunnerConfig;
import org.mailwright.smtp.queue.sql.SqlMailQueue;
import org.mailwright.smtp.queue.sql.SqlQueueConfig;
import org.mailwright.smtp.relay.MxDeliverer;
import org.mailwright.smtp.relay.MxResolver;
import org.mailwright.smtp.relay.RelayClient;
import org.mailwright.smtp.relay.RelayConfig;
import org.mailwright.smtp.relay.TlsLevel;
import org.mailwright.smtp.server.SmtpServer;

/**
 * A relay for the programs of this host: it takes their mail for anybody, and delivers it to the mail exchangers of
 * each domain.
 *
 * <p>The 250 is said when the mail is on the disk. From there a runner hands it to a deliverer, as often as its plan
 * says, and what cannot be delivered goes back to its sender as a report. Whoever connects from another host is refused
 * at RCPT. Stop it in the order of {@link #close}: sessions first, for what they have taken by then is in the queue.
 */
public final class QueueingRelay implements AutoCloseable {

    private final MailQueue queue;
    private final RelayClient client;
    private final QueueRunner runner;
    private final SmtpServer server;

    public QueueingRelay(String name, String address, MailQueue queue, MailDns dns, RelayConfig config)
            throws TlsMaterialException {
        Clock clock = Clock.system(ZoneId.systemDefault());
        SecureRandom random = new SecureRandom();
        // which line a mail waits in: one for each domain
        Router router = new DomainRouter(
                Map.of(),
                host -> Optional.empty(),
                DomainRouter.to(new LaneName("relay", name)),
                domain -> new LaneName("relay", domain));
        // how it leaves: by MX, over TLS where the other host offers it
        TlsClientContext tls = TlsClientContext.open(TlsClientConfig.DEFAULTS.with(TlsMode.OPPORTUNISTIC));
        TlsClientContext clear = TlsClientContext.open(TlsClientConfig.DEFAULTS.with(TlsMode.NONE));
        this.client = new RelayClient(
                SmtpClientConfig.DEFAULTS.withDialogue(ClientConfig.DEFAULTS.withHostname(name)),
                List.of(new EightBitMimeExtension(), StartTlsExtension.client(tls)),
                new MinaNetwork(),
                level -> Attributes.EMPTY.with(StartTlsExtension.DESTINATION, level == TlsLevel.NONE ? clear : tls),
                config,
                clock);
        Pool relay = Pool.of(
                "relay",
                new MxDeliverer(client, new MxResolver(dns, config, random), config, domain -> TlsLevel.OPPORTUNISTIC),
                LanePolicy.DEFAULT);
        // who hears of what is not delivered, and when it is tried again
        Reporter reporter = new DsnReporter(
                ReportConfig.of(name), ReportTexts.usual(), ReportRequests.USUAL, router, MailIds.startingNow(), clock);
        this.queue = queue;
        this.runner = new QueueRunner(queue, List.of(relay), reporter, QueueRunnerConfig.DEFAULT, clock, random);
        // how it comes in
        this.server = SmtpServer.builder(name)
                .listen("programs", Role.MX, address)
                .local((host, session) -> session.remoteAddress() instanceof InetSocketAddress client
                        && client.getAddress().isLoopbackAddress())
                .with(new PressureGate(queue::pressure))
                .build(new QueueSink(queue, router, Duration.ofDays(5), MailTerms.USUAL, clock));
    }

    /** Begins to take and to deliver mail; what an earlier run has left in the queue as well. */
    public InetSocketAddress start() throws IOException {
        server.start();
        runner.start();
        return server.address("programs");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.stop();
        runner.stop(Duration.ofSeconds(10)); // what is under way may finish; what waits stays
        client.close();
        queue.close();
    }

    public static void main(String[] arguments) throws Exception {
        RelayConfig config = RelayConfig.DEFAULTS.withOwn(Set.of("relay.example.test"), Set.of());
        MailQueue queue = SqlMailQueue.open(
                SqlQueueConfig.in(Path.of("var/queue")), new DurableAttributes(List.of()), Clock.systemUTC());
        QueueingRelay relay = new QueueingRelay(
                "relay.example.test", "127.0.0.1:2525", queue, new ResolverDns(DnsConfig.DEFAULTS), config);
        relay.start();
        relay.server.awaitEnd(); // Ctrl-C ends it
    }
}
