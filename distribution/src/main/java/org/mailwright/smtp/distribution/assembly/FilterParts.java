package org.mailwright.smtp.distribution.assembly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailwright.smtp.client.LastOffer;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.client.SmtpClientBuilder;
import org.mailwright.smtp.core.client.Timeouts;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.distribution.config.ListenerConfig;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.size.SizeExtension;
import org.mailwright.smtp.gateway.filter.FilterDeliverer;
import org.mailwright.smtp.gateway.filter.FilterSink;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LanePolicy;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.queue.Router;
import org.mailwright.smtp.queue.Router.Route;

/** What a server has of smtp-gateway for content filters. */
final class FilterParts {
    /** Clients wait ten minutes for the answer to a mail, and the filter is only a part of that. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int RECIPIENTS = 100;
    private static final LaneName LANE = new LaneName(FilterReturn.POOL, "all");

    private FilterParts() {}

    /** The filter before the queue. */
    static FilterSink sink(ServerConfig config, HostPort filter, Installed installed) {
        return new FilterSink(client(config, installed, Timeouts.all(PATIENCE), List.of()), address(filter));
    }

    /** Leads mail to the filter, but for what comes from it. */
    static MessageSink before(ServerConfig config, MessageSink filter, MessageSink queue) {
        Set<String> unfiltered = unfiltered(config);
        return envelope -> (isFiltered(envelope.origin(), unfiltered) ? filter : queue).open(envelope);
    }

    /** The same for a filter after the queue. */
    static Router after(ServerConfig config, Router usual) {
        Set<String> unfiltered = unfiltered(config);
        return (envelope, recipient) -> isFiltered(envelope.origin(), unfiltered)
                ? List.of(Route.of(recipient, LANE))
                : usual.route(envelope, recipient);
    }

    /** The way to a filter after the queue. */
    static Pool pool(ServerConfig config, HostPort filter, Installed installed) {
        int most = config.filter().connections();
        LastOffer reports = new LastOffer("DSN");
        return Pool.of(
                FilterReturn.POOL,
                new FilterDeliverer(
                        client(config, installed, Timeouts.DEFAULTS, List.of(reports)), address(filter), reports),
                new LanePolicy(most, most, 0, RECIPIENTS));
    }

    private static boolean isFiltered(Origin origin, Set<String> unfiltered) {
        return origin.role() != Role.LMTP && !unfiltered.contains(origin.listener());
    }

    private static Set<String> unfiltered(ServerConfig config) {
        return config.listeners().stream()
                .filter(listener -> !listener.filtered())
                .map(ListenerConfig::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static ServerAddress address(HostPort filter) {
        return ServerAddress.of(filter.host(), filter.port());
    }

    private static SmtpClient client(ServerConfig config, Installed installed, Timeouts times, List<Extension> beside) {
        List<Extension> extensions = new ArrayList<>(installed.plain());
        extensions.addAll(beside);
        if (installed.has(Bundled.SIZE)) {
            extensions.add(new SizeExtension());
        }
        SmtpClientBuilder builder = SmtpClient.builder(config.hostname())
                .configure(usual -> usual.withConnections(config.filter().connections())
                        .withDialogue(usual.dialogue().withTimeouts(idle(times))));
        extensions.forEach(builder::with);
        return builder.build();
    }

    private static Timeouts idle(Timeouts times) {
        return new Timeouts(
                times.greeting(),
                times.hello(),
                times.step(),
                times.mail(),
                times.rcpt(),
                times.data(),
                times.block(),
                times.finalReply(),
                times.quit(),
                IDLE);
    }
}
