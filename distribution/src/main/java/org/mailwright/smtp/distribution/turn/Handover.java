package org.mailwright.smtp.distribution.turn;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.client.ClientOwner;
import org.mailwright.smtp.core.client.ClientSession;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;
import org.mailwright.smtp.queue.DeliveryResult.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host that is there to take its mail: one connection whose roles have changed, and the lanes that are sent over it.
 */
final class Handover implements ClientOwner {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MOST_IN_VAIN = 10;

    private final String id;
    private final List<WaitingLane> lanes;
    private final Handovers all;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Parcel> waiting = new ArrayDeque<>();
    private volatile @Nullable ClientSession session;
    private volatile Action action = Action.RELAYED;
    private volatile Link link = Link.UNKNOWN;
    private int underWay;
    private long begun;
    private long lastEnd;
    private boolean over;

    Handover(String id, List<WaitingLane> lanes, Handovers all) {
        this.id = id;
        this.lanes = List.copyOf(lanes);
        this.all = all;
    }

    /** Sends over this session from now on. */
    ClientSession over(ClientSession connection) {
        session = connection;
        return connection;
    }

    List<WaitingLane> lanes() {
        return lanes;
    }

    /** Sends one mail over the connection. */
    List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        OutgoingMail mail = new OutgoingMail(
                request.reversePath(), request.recipients(), request.message().attributes(), request.content());
        Parcel parcel = new Parcel(mail, request.stillOurs(), new CompletableFuture<>());
        lock.lock();
        try {
            if (over) {
                return DeliveryResult.all(request, Handovers.NOBODY);
            }
            waiting.add(parcel);
            underWay++;
            begun++;
        } finally {
            lock.unlock();
        }
        try {
            wake(ClientSession::wake);
            return parcel.result().get().recipients().stream()
                    .map(one -> new DeliveryResult(one.outcome(), action, Optional.empty(), link))
                    .toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a result cannot fail", e);
        } finally {
            parcel.result().cancel(false);
            ended();
        }
    }

    private void ended() {
        lock.lock();
        try {
            underWay--;
            lastEnd = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake(Consumer<ClientSession> call) {
        ClientSession known = session;
        if (known != null) {
            call.accept(known);
        }
    }

    // ---- what the connection tells

    @Override
    public void ready(PeerView peer) {
        action = peer.offers("DSN") ? Action.PASSED_ON : Action.RELAYED;
        link = new Link(Optional.of(peer.tls().map(TlsSession::protocol).orElse("none")), peer.offers("DELIVERBY"));
        Thread.ofVirtual().name("handover " + id).start(this::serve);
    }

    @Override
    public Optional<MailJob> next() {
        lock.lock();
        try {
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void idle() {
        // serve() knows when there is no more
    }

    @Override
    public void closed(boolean ready, Outcome outcome) {
        List<Parcel> left;
        lock.lock();
        try {
            over = true;
            left = List.copyOf(waiting);
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(parcel -> parcel.done(MailResult.all(parcel.mail(), Handovers.NOBODY.outcome())));
        if (!ready) {
            LOG.info("{} took no mail: {}", id, outcome.reply());
        }
    }

    // ---- the lanes

    /** Lets the scheduler send what is in the lanes, until nothing is due any more. */
    private void serve() {
        all.begin(this);
        try {
            for (WaitingLane lane : lanes) {
                lane.flush();
            }
            int vain = 0;
            while (vain < MOST_IN_VAIN && awaitQuiet()) {
                long before = begun();
                if (!remind()) {
                    break;
                }
                vain = awaitQuiet() && begun() == before ? vain + 1 : 0;
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} is told nothing more: {}", id, e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            all.end(this);
            wake(ClientSession::quit);
        }
    }

    /** Makes lanes go on that rest although something is due; tells whether something is. */
    private boolean remind() throws IOException {
        boolean any = false;
        for (WaitingLane lane : lanes) {
            Optional<Delivery> due = lane.due();
            if (due.isPresent()) {
                any = true;
                lane.flush(due.get().message().id());
            }
        }
        return any;
    }

    private long begun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing has been under way for a moment; false when the connection is gone. */
    private boolean awaitQuiet() throws InterruptedException {
        long since = System.nanoTime();
        lock.lock();
        try {
            long left = QUIET;
            while (!over && (underWay > 0 || left > 0)) {
                changed.awaitNanos(underWay > 0 ? QUIET : left);
                long quietSince = Math.max(0, lastEnd - since);
                left = QUIET - (System.nanoTime() - since - quietSince);
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }
}
