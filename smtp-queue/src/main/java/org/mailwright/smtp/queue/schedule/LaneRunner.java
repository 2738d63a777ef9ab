package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mailwright.smtp.queue.Delivery;
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

    private static final int OVERDUE = 1000;

    private final QueueRunner runner;
    private final LaneLease lease;
    private final Pool pool;
    private final LanePolicy policy;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Attempt> ready = new ArrayDeque<>();
    private final Set<Long> underWay = new HashSet<>();
    private final Set<Thread> requests = new HashSet<>();
    private final long began = System.nanoTime();
    private Optional<DeliveryResult> failure = Optional.empty();
    private Optional<Instant> rest = Optional.empty();
    private boolean more = true;
    private boolean stopping;

    LaneRunner(QueueRunner runner, LaneLease lease, Pool pool) {
        this.runner = runner;
        this.lease = lease;
        this.pool = pool;
        this.policy = pool.policies().apply(lease.lane().destination());
        this.pace = new Pace(policy, System.nanoTime());
    }

    LaneLease lease() {
        return lease;
    }

    /** Tells that there is more in the lane. */
    void signal() {
        lock.lock();
        try {
            more = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets requests finish, and begins none. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what is under way. */
    void interrupt() {
        lock.lock();
        try {
            requests.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
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
        }
    }

    /** Returns until when the lane rests, if it has to. */
    private Optional<Instant> work() throws IOException, InterruptedException {
        while (runner.queue().holds(lease)) {
            fetch();
            lock.lock();
            try {
                if (stopping) {
                    return Optional.empty();
                }
                if (pace.outOfOrder()) {
                    giveBack();
                    while (!requests.isEmpty() && pace.outOfOrder()) {
                        changed.await();
                    }
                    if (pace.outOfOrder()) {
                        break;
                    }
                    more = true;
                    continue;
                }
                if (ready.isEmpty() && !more) {
                    if (!awaitMore()) {
                        return Optional.empty();
                    }
                    continue;
                }
                if (runner.crowded() && System.nanoTime() - began > TURN.toNanos()) {
                    giveBack();
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
        long left = runner.config().linger().toNanos();
        while (!more && !stopping && !pace.outOfOrder()) {
            if (!underWay.isEmpty()) {
                changed.await(runner.config().poll().toNanos(), TimeUnit.NANOSECONDS);
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

    private void fetch() throws IOException {
        Set<Long> except;
        int most;
        lock.lock();
        try {
            most = Math.clamp(4L * pace.window(), 20, 100);
            if (!more || stopping || pace.outOfOrder() || ready.size() > pace.window()) {
                return;
            }
            more = false;
            except = Set.copyOf(underWay);
        } finally {
            lock.unlock();
        }
        List<Delivery> found = runner.queue().next(lease, most, except);
        lock.lock();
        try {
            found.forEach(delivery -> underWay.add(delivery.id()));
            ready.addAll(Attempt.of(found, policy.recipients()));
            more |= found.size() >= most;
        } finally {
            lock.unlock();
        }
    }

    /** Begins with one attempt, or waits until one may begin. */
    private void begin() throws InterruptedException {
        Attempt attempt = ready.peek();
        if (attempt == null) {
            return;
        }
        long pause = obstacle(attempt);
        while (pause > 0 && !stopping && !pace.outOfOrder() && runner.queue().holds(lease)) {
            changed.awaitNanos(pause);
            pause = obstacle(attempt);
        }
        if (pause > 0) {
            return;
        }
        ready.remove();
        Thread thread = Thread.ofVirtual()
                .name("deliver " + attempt.first().message().id())
                .unstarted(() -> deliver(attempt));
        requests.add(thread);
        thread.start();
    }

    /** Takes leave to begin with an attempt: 0, or how many nanoseconds to wait at most before asking again. */
    private long obstacle(Attempt attempt) {
        if (requests.size() >= pace.window()) {
            return runner.config().poll().toNanos();
        }
        if (!runner.permits().tryAcquire()) {
            return TimeUnit.MILLISECONDS.toNanos(20);
        }
        long wait = pace.take(attempt.deliveries().size(), System.nanoTime());
        if (wait > 0) {
            runner.permits().release();
        }
        return Math.min(wait, runner.config().poll().toNanos());
    }

    private void deliver(Attempt attempt) {
        Request request = new Request(runner, lease, pool.deliverer());
        Optional<Attempt.Done> done = request.deliver(attempt);
        Optional<Judge.Sentence> sentence = done.map(request::judge);
        lock.lock();
        try {
            requests.remove(Thread.currentThread());
            runner.permits().release();
            done.ifPresent(known -> note(known, sentence.orElseThrow()));
            if (sentence.isEmpty()) {
                forget(attempt);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        sentence.ifPresent(known -> runner.settling().add(known, () -> settled(attempt)));
    }

    private void note(Attempt.Done done, Judge.Sentence sentence) {
        if (Request.destinationFailed(done)) {
            failure = done.results().stream().findFirst();
            Optional<Instant> due = Request.earliest(sentence);
            rest = rest.isPresent() && (due.isEmpty() || rest.get().isBefore(due.get())) ? rest : due;
            pace.failed();
        } else {
            failure = Optional.empty();
            rest = Optional.empty();
            pace.succeeded();
        }
    }

    private void settled(Attempt attempt) {
        lock.lock();
        try {
            forget(attempt);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void forget(Attempt attempt) {
        attempt.deliveries().forEach(delivery -> underWay.remove(delivery.id()));
    }

    private void giveBack() {
        ready.forEach(this::forget);
        ready.clear();
    }

    /** Ends the work of a lane whose destination is out of order, or that is no longer ours. */
    private Optional<Instant> outOfOrder() throws IOException {
        Optional<DeliveryResult> why;
        Optional<Instant> until;
        lock.lock();
        try {
            giveBack();
            why = failure;
            until = rest;
        } finally {
            lock.unlock();
        }
        if (why.isEmpty() || until.isEmpty() || !runner.queue().holds(lease)) {
            return Optional.empty();
        }
        Milestones.outOfOrder(lease.lane(), why.get().outcome().reply(), until.get());
        awaitRequests();
        // who waits behind the others must not wait for ever
        Request request = new Request(runner, lease, pool.deliverer());
        for (Delivery delivery : runner.queue().next(lease, OVERDUE, Set.of())) {
            if (runner.judge().isOverdue(delivery)) {
                Attempt attempt = new Attempt(List.of(delivery));
                lock.lock();
                try {
                    underWay.add(delivery.id());
                } finally {
                    lock.unlock();
                }
                Judge.Sentence sentence = request.judge(new Attempt.Done(attempt, List.of(why.get())));
                runner.settling().add(sentence, () -> settled(attempt));
            }
        }
        return until;
    }

    /** Waits until nothing is under way, and all is settled. */
    private void awaitRequests() {
        lock.lock();
        try {
            giveBack();
            while (!requests.isEmpty() || (!underWay.isEmpty() && !runner.abandoned())) {
                changed.await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
