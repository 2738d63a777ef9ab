package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.client.Timeouts;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.distribution.config.DnsSettings;
import org.mailwright.smtp.distribution.config.RelaySettings;
import org.mailwright.smtp.distribution.config.RouteConfig;
import org.mailwright.smtp.distribution.config.RouteTarget;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.dns.DnsConfig;
import org.mailwright.smtp.dns.MailDns;
import org.mailwright.smtp.dns.ResolverDns;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.UserSources;
import org.mailwright.smtp.ext.auth.client.ClientCredentials;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.size.SizeExtension;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LanePolicy;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.relay.MailDemands;
import org.mailwright.smtp.relay.MxDeliverer;
import org.mailwright.smtp.relay.MxResolver;
import org.mailwright.smtp.relay.NextHop;
import org.mailwright.smtp.relay.RelayClient;
import org.mailwright.smtp.relay.RelayConfig;
import org.mailwright.smtp.relay.SmarthostDeliverer;
import org.mailwright.smtp.relay.TlsLevel;
import org.mailwright.smtp.transport.mina.LoopConfig;

/** What a server has of smtp-relay and smtp-dns: the ways to other hosts. */
final class RelayParts implements AutoCloseable {
    /** Mail by MX; the destination is a domain. */
    static final String RELAY = "relay";
    /** Mail by the smarthost; all of it waits in one lane. */
    static final String SMARTHOST = "smarthost";
    /** Mail by a route; the destination is the domain of the route, or where that has no hop, of the recipient. */
    static final String ROUTE = "route";

    private static final int RECIPIENTS = 100;
    /** One slow mail, or a long one, keeps others from a host only where it has a few connections already. */
    private static final int LOOK_AHEAD_FROM = 3;
    /** A short time, for a lane keeps its connections busy as long as there is mail. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final RelaySettings settings;
    private final Routes routes;
    private final MailDns dns;
    private final RelayClient client;
    private final Map<String, Deliverer> hops = new HashMap<>();
    private final Deliverer exchangers;
    private final Optional<Deliverer> smarthost;
    private final MxResolver trusted;

    private RelayParts(
            ServerConfig config,
            OwnAddresses own,
            RelayTls tls,
            MailDemands demands,
            List<Extension> extensions,
            MailDns dns)
            throws AssemblyException {
        this.settings = config.relay();
        this.routes = new Routes(config.routes());
        this.dns = dns;
        RelayConfig relay = RelayConfig.DEFAULTS
                .withOwn(Set.of(config.hostname()), own.sockets())
                .withPort(settings.port())
                .withPrivateAddresses(settings.privateAddresses());
        this.client = new RelayClient(
                clientConfig(config),
                extensions,
                new MinaNetwork(LoopConfig.DEFAULTS),
                tls::settings,
                demands,
                relay,
                InstantSource.system());
        SecureRandom random = new SecureRandom();
        this.exchangers = new MxDeliverer(client, new MxResolver(dns, relay, random), relay, this::level);
        // who writes an address into a configuration may mean a private one
        this.trusted = new MxResolver(dns, relay.withPrivateAddresses(true), random);
        this.smarthost = settings.smarthost().isEmpty()
                ? Optional.empty()
                : Optional.of(smarthost(settings.smarthost().get(), trusted, tls));
        for (RouteConfig route : config.routes()) {
            if (route.to().isPresent()) {
                hops.put(Routes.key(route), way(config, route, route.to().get(), trusted));
            }
        }
    }

    private Deliverer way(ServerConfig config, RouteConfig route, RouteTarget to, MxResolver trusted)
            throws AssemblyException {
        return switch (to) {
            case RouteTarget.Hop hop ->
                new SmarthostDeliverer(
                        client,
                        trusted,
                        hop.hop(),
                        route.tls().orElse(settings.tls()),
                        Attributes.EMPTY,
                        Optional.empty());
            case RouteTarget.Program program -> GatewayParts.pipe(config, program.program());
            case RouteTarget.Webhook webhook ->
                GatewayParts.webhook(webhook.url(), route.secretFile().orElseThrow());
            case RouteTarget.Batch batch -> GatewayParts.batch(config, batch.folder());
        };
    }

    static RelayParts open(ServerConfig config, OwnAddresses own, Installed installed, List<Extension> plugins)
            throws AssemblyException {
        RelayTls tls = RelayTls.open(config, installed);
        List<Extension> extensions = new ArrayList<>(plugins);
        extensions.addAll(tls.extensions());
        if (installed.has(Bundled.SIZE)) {
            extensions.add(new SizeExtension());
        }
        if (installed.has(Bundled.AUTH)) {
            extensions.add(new AuthExtension(AuthConfig.DEFAULT, UserSources.NONE));
        }
        MailDns dns = dns(config.dns());
        try {
            return new RelayParts(
                    config, own, tls, RelayDemands.of(installed, config.relay().heedNo()), extensions, dns);
        } catch (AssemblyException | RuntimeException e) {
            dns.close();
            throw e;
        }
    }

    private static MailDns dns(DnsSettings settings) throws AssemblyException {
        try {
            return new ResolverDns(DnsConfig.DEFAULTS
                    .withTimeout(settings.timeout())
                    .withTrustAd(settings.trustAd())
                    .withServers(settings.servers().stream()
                            .map(server -> new InetSocketAddress(server.host(), server.port()))
                            .toList()));
        } catch (IOException e) {
            throw new AssemblyException("dns.servers: " + e.getMessage(), e);
        }
    }

    private SmtpClientConfig clientConfig(ServerConfig config) {
        Timeouts usual = Timeouts.DEFAULTS;
        Timeouts times = new Timeouts(
                usual.greeting(),
                usual.hello(),
                usual.step(),
                usual.mail(),
                usual.rcpt(),
                usual.data(),
                usual.block(),
                usual.finalReply(),
                usual.quit(),
                IDLE);
        int most = config.routes().stream()
                .map(RouteConfig::concurrency)
                .flatMap(Optional::stream)
                .reduce(settings.concurrency(), Math::max);
        return SmtpClientConfig.DEFAULTS
                .withDialogue(
                        ClientConfig.DEFAULTS.withHostname(config.hostname()).withTimeouts(times))
                .withConnectTimeout(settings.connectTimeout())
                .withConnections(most)
                .withLookAheadFrom(LOOK_AHEAD_FROM);
    }

    private Deliverer smarthost(NextHop hop, MxResolver resolver, RelayTls tls) throws AssemblyException {
        Attributes credentials = Attributes.EMPTY;
        if (settings.user().isPresent() && settings.passwordFile().isPresent()) {
            credentials = credentials.with(
                    AuthExtension.CREDENTIALS,
                    new ClientCredentials.Password(
                            settings.user().get(),
                            password(settings.passwordFile().get())));
        }
        Optional<TlsPolicy> implicit =
                settings.implicitTls() ? Optional.of(tls.implicit(settings.tls(), hop.host())) : Optional.empty();
        return new SmarthostDeliverer(client, resolver, hop, settings.tls(), credentials, implicit);
    }

    private static Secret password(Path file) throws AssemblyException {
        try {
            String text = Files.readString(file);
            int end = text.indexOf('\n');
            return Secret.of((end < 0 ? text : text.substring(0, end)).strip());
        } catch (IOException | IllegalArgumentException e) {
            throw new AssemblyException("relay.password-file: " + file + " holds no password", e);
        }
    }

    private TlsLevel level(String domain) {
        return routes.find(domain).flatMap(RouteConfig::tls).orElse(settings.tls());
    }

    Routes routes() {
        return routes;
    }

    /** The lane of a domain for which mail does not wait: by its route, else by the smarthost or by MX. */
    LaneName lane(String domain) {
        return routes.find(domain)
                .map(route -> new LaneName(ROUTE, route.to().isPresent() ? Routes.key(route) : domain))
                .orElseGet(
                        () -> smarthost.isPresent() ? new LaneName(SMARTHOST, SMARTHOST) : new LaneName(RELAY, domain));
    }

    /** The way of a lane that is called by a domain, as if its mail had come in now. */
    Deliverer way(String domain) {
        return routes.find(domain)
                .map(route -> Optional.ofNullable(hops.get(Routes.key(route))).orElse(exchangers))
                .orElseGet(this::usual);
    }

    /** The way to a host that somebody wrote into a configuration. */
    Deliverer hop(NextHop hop) {
        return new SmarthostDeliverer(client, trusted, hop, settings.tls(), Attributes.EMPTY, Optional.empty());
    }

    private Deliverer usual() {
        return smarthost.orElse(exchangers);
    }

    /** The pools, each of which also serves what was queued under another configuration. */
    List<Pool> pools() {
        Deliverer scattered = new ByDomain(exchangers);
        Function<String, LanePolicy> policy = destination -> policy(routes.find(destination));
        return List.of(
                new Pool(RELAY, usual(), policy),
                new Pool(SMARTHOST, smarthost.orElse(scattered), policy),
                new Pool(ROUTE, request -> routed(request.lane().destination()).deliver(request), policy));
    }

    private Deliverer routed(String destination) {
        return routes.find(destination)
                .flatMap(route -> Optional.ofNullable(hops.get(Routes.key(route))))
                .orElseGet(() -> new ByDomain(exchangers));
    }

    private LanePolicy policy(Optional<RouteConfig> route) {
        int concurrency = route.flatMap(RouteConfig::concurrency).orElse(settings.concurrency());
        int rate = route.flatMap(RouteConfig::rate).orElse(settings.rate());
        int first = Math.min(LanePolicy.DEFAULT.initialConcurrency(), concurrency);
        return new LanePolicy(concurrency, first, rate, recipients(route));
    }

    /** One by one where each is delivered by itself: then a stop between two costs nothing. */
    private static int recipients(Optional<RouteConfig> route) {
        return route.flatMap(RouteConfig::to)
                        .filter(to -> to instanceof RouteTarget.Program || to instanceof RouteTarget.Webhook)
                        .isPresent()
                ? 1
                : RECIPIENTS;
    }

    @Override
    public void close() {
        hops.values().forEach(Deliverer::close);
        client.close();
        dns.close();
    }
}
