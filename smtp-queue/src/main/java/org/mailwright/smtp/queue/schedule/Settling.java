package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.NewMail;
import org.mailwright.smtp.queue.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the settlements of all lanes, many in one commit: a single one at once, those that come in quick succession
 * in a few commits each second, for what a commit costs hardly depends on how many are in it. Mail that goes on waiting
 * is not kept for that: who asks for it in between, as its host may, is to find it. What cannot be committed now is
 * kept and tried again: a peer's 250 is not forgotten because the store is away.
 */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final int MOST = 2000;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Between the beginnings of two commits at least. A crash in that time repeats mails, as it does at any time. */
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(20);
    /** The same at most, where commits take long. */
    private static final long FAR_APART = TimeUnit.MILLISECONDS.toNanos(100);
    /** How many times as long as a commit takes is gathered for the next: with many lanes each touches many pages. */
    private static final int PATIENCE = 8;

    private final MailQueue queue;
    private final LinkedBlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean urgent;
    private volatile boolean ending;
    private volatile boolean abandoned;

    private record Batch(Judge.Sentence sentence, Runnable settled) {}

    Settling(MailQueue queue) {
        this.queue = queue;
        this.thread = Thread.ofVirtual().name("settling").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Hands over what is to be committed.
     *
     * @param settled run once it is on the medium
     */
    void add(Judge.Sentence sentence, Runnable settled) {
        waiting.add(new Batch(sentence, settled));
        if (defers(sentence)) {
            urgent = true;
            LockSupport.unpark(thread);
        }
    }

    static boolean defers(Judge.Sentence sentence) {
        return sentence.settlements().stream().anyMatch(Settlement.Deferred.class::isInstance);
    }

    /** Commits what there is, and ends; what cannot be committed in that time is tried again by the next owner. */
    void end(Duration patience) throws InterruptedException {
        ending = true;
        if (!thread.join(patience)) {
            abandoned = true;
            thread.interrupt();
            thread.join();
        }
    }

    private void run() {
        List<Batch> batches = new ArrayList<>();
        long apart = APART;
        long last = System.nanoTime() - apart;
        try {
            while (!abandoned && !(ending && waiting.isEmpty())) {
                Batch first = waiting.poll(50, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batches.add(first);
                gather(last + apart);
                last = System.nanoTime();
                urgent = false; // what made it so is among those that are taken now
                waiting.drainTo(batches, MOST);
                settle(batches);
                batches.clear();
                apart = Math.clamp(PATIENCE * (System.nanoTime() - last), APART, FAR_APART);
            }
        } catch (InterruptedException e) {
            LOG.error("{} settlements could not be committed: their mails may be sent twice", batches.size());
        }
    }

    private void gather(long until) throws InterruptedException {
        long left = until - System.nanoTime();
        while (left > 0 && !urgent && !ending && waiting.size() < MOST) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = until - System.nanoTime();
        }
    }

    private void settle(List<Batch> batches) throws InterruptedException {
        List<Batch> left = new ArrayList<>(batches);
        if (commit(left)) {
            return;
        }
        // perhaps one of them spoils it for all
        while (!left.isEmpty()) {
            List<Batch> failed = new ArrayList<>();
            for (Batch batch : left) {
                if (!commit(List.of(batch))) {
                    failed.add(batch);
                }
            }
            left = failed;
            if (!left.isEmpty()) {
                Thread.sleep(PAUSE);
            }
        }
    }

    private boolean commit(List<Batch> batches) {
        List<Settlement> settlements = new ArrayList<>();
        List<NewMail> reports = new ArrayList<>();
        for (Batch batch : batches) {
            settlements.addAll(batch.sentence().settlements());
            reports.addAll(batch.sentence().reports());
        }
        try {
            queue.settle(settlements, reports);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} settlements cannot be committed now: {}", settlements.size(), e.toString());
            return false;
        }
        batches.forEach(batch -> batch.sentence().tell());
        batches.forEach(batch -> batch.settled().run());
        return true;
    }
}
