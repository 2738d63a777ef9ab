package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.distribution.config.FilterConfig;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.gateway.filter.FilterSink;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;

/** Mail goes through a content filter before it is accepted; what comes back goes its usual way. */
final class FilteredFlow implements MailFlow {
    private final MailFlow usual;
    private final FilterConfig config;
    private final FilterSink filter;
    private final MessageSink sink;
    private Optional<FilteredFlow> same;
    private volatile boolean passedOn;

    private FilteredFlow(ServerConfig config, MailFlow usual, FilterSink filter, Optional<FilteredFlow> same) {
        this.usual = usual;
        this.config = config.filter();
        this.filter = filter;
        this.same = same;
        this.sink = FilterParts.before(config, filter, usual.sink());
    }

    /** Puts the filter of a configuration before a flow; the connections to the same filter are used on. */
    static FilteredFlow of(ServerConfig config, MailFlow usual, Installed installed, Optional<MailFlow> before) {
        Optional<FilteredFlow> same = before.filter(FilteredFlow.class::isInstance)
                .map(FilteredFlow.class::cast)
                .filter(other -> other.config.equals(config.filter()));
        FilterSink filter = same.map(other -> other.filter)
                .orElseGet(
                        () -> FilterParts.sink(config, config.filter().before().orElseThrow(), installed));
        return new FilteredFlow(config, usual, filter, same);
    }

    MailFlow usual() {
        return usual;
    }

    @Override
    public MessageSink sink() {
        return sink;
    }

    @Override
    public Optional<MailQueue> queue() {
        return usual.queue();
    }

    @Override
    public Optional<LaneName> lane(Delivery delivery) throws IOException {
        return usual.lane(delivery);
    }

    @Override
    public List<Extension> extensions() {
        return usual.extensions();
    }

    @Override
    public void start() {
        usual.start();
    }

    @Override
    public void succeed(Duration patience) throws InterruptedException {
        usual.succeed(patience);
        same.ifPresent(other -> other.passedOn = true);
        same = Optional.empty(); // nobody needs the one before any more
    }

    @Override
    public void retire(Duration patience) {
        if (!passedOn) {
            Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(patience); // sessions that are open may still have a mail on their way
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                filter.close();
            });
        }
    }

    @Override
    public void abandon() {
        if (same.isEmpty()) {
            filter.close();
        }
        usual.abandon();
    }

    @Override
    public void stop(Duration patience) throws IOException, InterruptedException {
        filter.close();
        usual.stop(patience);
    }
}
