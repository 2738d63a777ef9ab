package org.mailwright.smtp.distribution.turn;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;

/**
 * The hosts that have asked for their mail by ETRN, and are called now. Once asked, mail goes to the host until there
 * is none for a while, or until the host does not answer; then it waits again.
 *
 * @since 0.1.0
 */
public final class Calls implements Deliverer {

    private static final Duration WHILE = Duration.ofSeconds(30);

    private final Map<String, Deliverer> hosts;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Call> open = new HashMap<>();

    private record Call(Instant until, int underWay) {}

    /**
     * Nobody has asked yet.
     *
     * @param hosts the way to the host of each domain, in A-labels
     * @param clock says how long nothing was sent
     */
    public Calls(Map<String, Deliverer> hosts, InstantSource clock) {
        this.hosts = Map.copyOf(hosts);
        this.clock = clock;
    }

    /** Tells whether a domain has a host that can be called. */
    boolean knows(String domain) {
        return hosts.containsKey(domain);
    }

    /** Tells whether a domain, or one below it, has such a host. */
    boolean knowsWithin(String domain) {
        return knows(domain) || hosts.keySet().stream().anyMatch(known -> known.endsWith("." + domain));
    }

    /** The host of a domain has asked for its mail. */
    void begin(String domain) {
        change(domain, 0);
    }

    /** Tells whether mail for a domain goes to its host now. */
    public boolean isOpen(String domain) {
        lock.lock();
        try {
            Optional<Call> call = Optional.ofNullable(open.get(domain));
            boolean still = call.isPresent()
                    && (call.get().underWay() > 0
                            || clock.instant().isBefore(call.get().until()));
            if (!still) {
                open.remove(domain);
            }
            return still;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        String domain = request.lane().destination();
        Optional<Deliverer> host = Optional.ofNullable(hosts.get(domain));
        if (host.isEmpty()) {
            return DeliveryResult.all(request, Handovers.NOBODY);
        }
        change(domain, 1);
        boolean answered = false;
        try {
            List<DeliveryResult> results = host.get().deliver(request);
            answered = results.stream().anyMatch(result -> !(result.outcome() instanceof Outcome.Failed));
            return results;
        } finally {
            if (answered) {
                change(domain, -1);
            } else {
                hangUp(domain);
            }
        }
    }

    private void change(String domain, int more) {
        lock.lock();
        try {
            Call call = open.getOrDefault(domain, new Call(Instant.EPOCH, 0));
            open.put(domain, new Call(clock.instant().plus(WHILE), Math.max(0, call.underWay() + more)));
        } finally {
            lock.unlock();
        }
    }

    private void hangUp(String domain) {
        lock.lock();
        try {
            open.remove(domain);
        } finally {
            lock.unlock();
        }
    }
}
