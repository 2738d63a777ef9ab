package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.LanePolicy;
import org.mailwright.smtp.queue.Pool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what waits in one lane, for as long as there is something and the lane is leased. */
final class LaneRunner implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LaneRunner.class);
    /** How long a lane is delivered at a time when others wait for their turn. */
    private static final Duration TURN = Duration.ofSeconds(10);

    private final QueueRunner runner;
    private final Setup setup;
    private final LaneLease lease;
    private final Pool pool;
    private final Destination destination;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Load load = new Load();
    private final Set<Thread> requests = new HashSet<>();
    private final long began = System.nanoTime();
    private final Supply supply;
    private boolean stopping;

    LaneRunner(QueueRunner runner, Setup setup, LaneLease lease, Pool pool) {
        this.runner = runner;
        this.setup = setup;
        this.lease = lease;
        this.pool = pool;
        LanePolicy policy = pool.policies().apply(lease.lane().destination());
        this.destination = new Destination(policy, runner.lateness(), runner.permits(pool));
        this.supply = new Supply(runner.queue(), runner.lateness(), lease, load, policy.recipients(), lock, changed);
    }

    LaneLease lease() {
        return lease;
    }

    /** Tells that there is more in the lane. */
    void signal() {
        change(supply::signal);
    }

    /** Tells whether its destination has left the first mail without an answer for long. */
    boolean waitsForAnswer() {
        return destination.isSilent(System.nanoTime());
    }

    /** Lets requests finish, and begins none. */
    void stop() {
        change(() -> stopping = true);
    }

    /** Gives up what is under way. */
    void interrupt() {
        change(() -> requests.forEach(Thread::interrupt));
    }

    private void settle(Attempt attempt, Judge.Sentence sentence) {
        boolean deferred = Settling.defers(sentence);
        runner.settling().add(sentence, () -> change(() -> supply.settled(attempt, deferred)));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has ended, or that moment of {@link System#nanoTime}; tells whether it has. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return over.await(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        Optional<Instant> notBefore = Optional.empty();
        try {
            notBefore = work();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} rests for a moment: {}", lease.lane(), e.toString(), e);
            notBefore = Optional.of(runner.clock().instant().plusSeconds(10));
        } catch (InterruptedException e) {
            interrupt();
        } finally {
            awaitRequests();
            runner.ended(this, notBefore);
            over.countDown();
        }
    }

    /** Returns until when the lane rests, if it has to. */
    private Optional<Instant> work() throws IOException, InterruptedException {
        while (runner.queue().holds(lease)) {
            lock.lock();
            try {
                if (stopping) {
                    return Optional.empty();
                }
                if (destination.outOfOrder()) {
                    load.giveBack();
                    while (!requests.isEmpty() && destination.outOfOrder()) {
                        changed.await();
                    }
                    if (destination.outOfOrder()) {
                        break;
                    }
                    supply.signal();
                    continue;
                }
                supply.refill(destination.pace().window());
                if (load.ready() == 0) {
                    if (!awaitMore()) {
                        return Optional.empty();
                    }
                    continue;
                }
                if (turnIsOver()) {
                    load.giveBack();
                    return Optional.of(runner.clock().instant());
                }
                begin();
            } finally {
                lock.unlock();
            }
        }
        return outOfOrder();
    }

    /** Waits, for what is under way or for fresh mail; tells whether the lane is to go on. */
    private boolean awaitMore() throws InterruptedException {
        long left = setup.config().linger().toNanos();
        while (load.ready() == 0 && !supply.hasMore() && !stopping && !destination.outOfOrder()) {
            if (supply.isFetching() || !load.isSettled()) {
                changed.await(setup.config().poll().toNanos(), TimeUnit.NANOSECONDS);
                if (!runner.queue().holds(lease)) {
                    return true;
                }
            } else if (left <= 0 || runner.crowded()) {
                return false;
            } else {
                left = changed.awaitNanos(left);
            }
        }
        return true;
    }

    /** Begins with what is first then, as soon as it may begin, unless there is something else to do before. */
    private void begin() throws InterruptedException {
        long pause = obstacle();
        while (pause > 0
                && !stopping
                && !destination.outOfOrder()
                && runner.queue().holds(lease)) {
            changed.awaitNanos(pause);
            // those under way may have taken it
            if (load.ready() == 0 || supply.isShort(destination.pace().window())) {
                return;
            }
            pause = obstacle();
        }
        if (pause > 0) {
            return;
        }
        Attempt attempt = load.begin();
        Permits.Permit permit = destination.permit();
        Runnable task = runner.lateness().noting(() -> deliver(attempt, permit));
        Thread thread = Thread.ofVirtual().name("deliver " + lease.lane()).unstarted(task);
        requests.add(thread);
        thread.start();
    }

    /** Takes leave to begin with the first attempt: 0, or how many nanoseconds to wait at most before asking again. */
    private long obstacle() {
        long wait = destination.enter(requests.size(), load.first().deliveries().size());
        return Math.min(wait, setup.config().poll().toNanos());
    }

    /**
     * Delivers one attempt, and others behind it for as long as the lane has some ready and nobody else is to choose.
     */
    private void deliver(Attempt first, Permits.Permit permit) {
        Request request = new Request(runner.queue(), setup.judge(), lease, pool.deliverer());
        Optional<Attempt> next = Optional.of(first);
        while (next.isPresent()) {
            Attempt attempt = next.get();
            long start = System.nanoTime();
            Optional<Attempt.Done> done = request.deliver(attempt);
            long took = System.nanoTime() - start;
            Optional<Judge.Sentence> sentence = done.map(request::judge);
            lock.lock();
            try {
                done.ifPresent(known -> destination.note(known, sentence.orElseThrow(), took));
                if (sentence.isEmpty()) {
                    load.forget(attempt);
                }
                next = sentence.isPresent() ? another() : Optional.empty();
                if (next.isEmpty()) {
                    requests.remove(Thread.currentThread());
                    permit.release();
                } else if (destination.isKnown()) {
                    permit.prove();
                }
                if (next.isEmpty() || supply.isShort(destination.pace().window()) || hasRoom()) {
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
            sentence.ifPresent(known -> settle(attempt, known));
        }
    }

    /** Takes what is next, when the same thread may go on with it: that spares the lane a wake-up for each mail. */
    private Optional<Attempt> another() {
        boolean goesOn = !stopping
                && load.ready() > 0
                && !destination.outOfOrder()
                && requests.size() <= destination.pace().window()
                && destination.mayGoOn()
                && !turnIsOver()
                && runner.queue().holds(lease);
        return goesOn && destination.pace().take(load.first().deliveries().size(), System.nanoTime()) == 0
                ? Optional.of(load.begin())
                : Optional.empty();
    }

    private boolean hasRoom() {
        return load.ready() > 0 && requests.size() < destination.pace().window();
    }

    private boolean turnIsOver() {
        return runner.crowded() && System.nanoTime() - began > TURN.toNanos();
    }

    /** Ends the work of a lane whose destination is out of order, or that is no longer ours. */
    private Optional<Instant> outOfOrder() throws IOException {
        Optional<DeliveryResult> why;
        Optional<Instant> until;
        lock.lock();
        try {
            load.giveBack();
            why = destination.failure();
            until = destination.rest();
        } finally {
            lock.unlock();
        }
        if (why.isEmpty() || until.isEmpty() || !runner.queue().holds(lease)) {
            return Optional.empty();
        }
        Milestones.rests(lease.lane(), pool.deliverer(), why.get().outcome().reply(), until.get());
        awaitRequests();
        // who waits behind the others must not wait for ever
        Request request = new Request(runner.queue(), setup.judge(), lease, pool.deliverer());
        for (Attempt.Done done : request.overdue(why.get())) {
            change(() -> load.addTried(done.attempt()));
            settle(done.attempt(), request.judge(done));
        }
        return until;
    }

    /** Waits until nothing is under way, and all is settled. */
    private void awaitRequests() {
        lock.lock();
        try {
            load.giveBack();
            while (!requests.isEmpty() || supply.isFetching() || (!load.isSettled() && !runner.abandoned())) {
                changed.await(1, TimeUnit.SECONDS);
                load.giveBack();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
