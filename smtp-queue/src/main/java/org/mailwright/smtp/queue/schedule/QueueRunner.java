package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.Pool;
import org.mailwright.smtp.queue.Reporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what waits in a {@link MailQueue}: leases lanes, hands their mails to the deliverers of their pools, and
 * settles what becomes of them. Each lane and each request has a virtual thread of its own.
 *
 * <pre>{@code
 * QueueRunner runner = new QueueRunner(queue, List.of(local, relay), reporter, QueueRunnerConfig.DEFAULT,
 *         InstantSource.system(), new SecureRandom());
 * runner.start();
 * ...
 * runner.stop(Duration.ofSeconds(20));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class QueueRunner {

    private static final Logger LOG = LoggerFactory.getLogger(QueueRunner.class);
    private static final int CLAIM = 100;
    /** How many times as many lanes as may be delivered may wait for hosts that do not answer. */
    private static final int SILENT = 4;

    private final MailQueue queue;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Settling settling;
    private final Lateness lateness = new Lateness();
    private final int requests;
    private final ConcurrentHashMap<String, Permits> permits = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<LaneName, LaneRunner> running = new ConcurrentHashMap<>();
    private final Bell bell = new Bell();
    private final Thread claimer;
    private final Renewer renewer;
    private volatile Setup setup;
    private volatile boolean stopping;
    private volatile boolean abandoned;
    private volatile boolean crowded;
    private volatile boolean started;

    /**
     * Makes one; it does nothing before {@link #start}.
     *
     * @param queue left open when the runner stops
     * @param pools one for each name that a router gives lanes; deliverers are left open
     * @param reporter tells senders
     * @param clock the clock of the queue
     * @param random varies delays
     */
    public QueueRunner(
            MailQueue queue,
            Collection<Pool> pools,
            Reporter reporter,
            QueueRunnerConfig config,
            InstantSource clock,
            RandomGenerator random) {
        this.queue = queue;
        this.clock = clock;
        this.random = random;
        this.setup = Setup.of(pools, config, new Judge(config.retry(), reporter, clock, random));
        this.settling = new Settling(queue);
        this.requests = config.requests();
        this.claimer = Thread.ofVirtual().name("claimer").unstarted(this::claim);
        this.renewer = new Renewer(queue, () -> setup.config().renewal());
    }

    MailQueue queue() {
        return queue;
    }

    InstantSource clock() {
        return clock;
    }

    Settling settling() {
        return settling;
    }

    Lateness lateness() {
        return lateness;
    }

    /** Returns the leave of a pool: one way out of the queue does not wait for another. */
    Permits permits(Pool pool) {
        return permits.computeIfAbsent(pool.name(), name -> new Permits(requests));
    }

    /** Tells whether more lanes wait than are allowed at the same time. */
    boolean crowded() {
        return crowded;
    }

    /** Tells whether nobody waits any more for what is not settled. */
    boolean abandoned() {
        return abandoned;
    }

    /** Begins. To be called once. */
    public void start() {
        started = true;
        queue.listen(this::ready);
        settling.start();
        renewer.start();
        claimer.start();
    }

    /**
     * Works by something else from now on. What is under way ends as it began; waits until it has.
     *
     * @param pools as for a new one; deliverers that are no longer among them can be closed when this returns
     * @param config the bound of requests stays what it was
     * @param patience how long to wait; what takes longer is given up, and tried again
     */
    public void use(Collection<Pool> pools, Reporter reporter, QueueRunnerConfig config, Duration patience)
            throws InterruptedException {
        setup = Setup.of(pools, config, new Judge(config.retry(), reporter, clock, random));
        List<LaneRunner> before = List.copyOf(running.values());
        before.forEach(LaneRunner::stop);
        long end = System.nanoTime() + patience.toNanos();
        for (LaneRunner lane : before) {
            if (!lane.awaitEnd(end)) {
                lane.interrupt();
                if (!lane.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(5))) {
                    LOG.warn(
                            "{} still works by what it began with", lane.lease().lane());
                }
            }
        }
    }

    private void ready(Set<LaneName> lanes) {
        boolean others = false;
        for (LaneName lane : lanes) {
            LaneRunner known = running.get(lane);
            if (known == null) {
                others = true;
            } else {
                known.signal();
            }
        }
        if (others) {
            bell.ring();
        }
    }

    private void claim() {
        while (!stopping) {
            try {
                if (!claimSome()) {
                    awaitWork(pause());
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("no lane can be claimed now: {}", e.toString(), e);
                awaitWork(Duration.ofSeconds(1));
            }
        }
    }

    /** Claims lanes, and tells whether there may be more. */
    private boolean claimSome() throws IOException {
        bell.quiet();
        int most = setup.config().lanes() + silent();
        int room = Math.min(CLAIM, most - running.size());
        if (room < 1) {
            crowded = true;
            return false;
        }
        List<LaneLease> leases = queue.claim(room);
        crowded = leases.size() == room && running.size() + room >= most;
        leases.forEach(this::begin);
        return leases.size() == room && !crowded;
    }

    /** Returns how many lanes do not count, for they only wait for hosts that do not answer. */
    private int silent() {
        int lanes = setup.config().lanes();
        return running.size() + CLAIM < lanes
                ? 0
                : (int) running.values().stream()
                        .filter(LaneRunner::waitsForAnswer)
                        .limit(SILENT * (long) lanes)
                        .count();
    }

    private void begin(LaneLease lease) {
        Setup now = setup;
        Pool pool = now.pools().get(lease.lane().pool());
        if (pool == null) {
            Instant later = clock.instant().plusSeconds(600);
            LOG.error("{} has no way out: there is no pool of that name; looked at again at {}", lease.lane(), later);
            release(lease, Optional.of(later));
            return;
        }
        LaneRunner lane = new LaneRunner(this, now, lease, pool);
        running.put(lease.lane(), lane);
        Thread.ofVirtual().name(lease.lane().toString()).start(lane);
    }

    /** Takes a lane back. */
    void ended(LaneRunner lane, Optional<Instant> notBefore) {
        release(lane.lease(), notBefore);
        running.remove(lane.lease().lane(), lane);
        bell.ring();
    }

    private void release(LaneLease lease, Optional<Instant> notBefore) {
        try {
            queue.release(lease, notBefore);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be given back; it is free when its lease ends: {}", lease.lane(), e.toString());
        }
    }

    private Duration pause() throws IOException {
        Duration poll = setup.config().poll();
        if (crowded) {
            return poll;
        }
        Duration pause = queue.nextDue()
                .map(due -> Duration.between(clock.instant(), due))
                .filter(until -> until.compareTo(poll) < 0)
                .orElse(poll);
        return pause.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : pause;
    }

    private void awaitWork(Duration pause) {
        try {
            bell.await(pause, () -> stopping);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops: begins nothing more, lets finish what is under way, gives up what takes longer, settles all, and gives the
     * lanes back.
     *
     * @param patience how long to wait for what is under way
     */
    public void stop(Duration patience) throws InterruptedException {
        stopping = true;
        if (!started) {
            return;
        }
        bell.ring();
        claimer.join();
        running.values().forEach(LaneRunner::stop);
        long end = System.nanoTime() + patience.toNanos();
        awaitLanes(end);
        running.values().forEach(LaneRunner::interrupt);
        awaitLanes(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        settling.end(Duration.ofSeconds(5));
        abandoned = true;
        running.values().forEach(LaneRunner::stop);
        awaitLanes(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        renewer.stop();
    }

    private void awaitLanes(long end) throws InterruptedException {
        while (!running.isEmpty() && end - System.nanoTime() > 0) {
            bell.quiet();
            bell.await(Duration.ofMillis(100), running::isEmpty);
        }
    }
}
