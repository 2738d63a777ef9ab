package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The I/O threads, and the virtual threads for work that may wait. Listeners and connectors share them. The threads do
 * not keep the JVM alive; those of listeners do.
 *
 * @since 0.1.0
 */
public final class IoLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IoLoops.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int REVIVALS = 1000;

    private final LoopConfig config;
    private final List<LoopProcessor> processors = new ArrayList<>();
    private final List<ExecutorService> threads = new ArrayList<>();
    private final ExecutorService workers;
    private final AtomicInteger turn = new AtomicInteger();

    /** Starts with {@link LoopConfig#DEFAULTS}. */
    public IoLoops() {
        this(LoopConfig.DEFAULTS);
    }

    /** Starts; the threads come with the first connection. */
    public IoLoops(LoopConfig config) {
        this.config = config;
        for (int i = 0; i < config.threads(); i++) {
            String name = "smtp-io-" + i;
            ExecutorService thread = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name(name).daemon().factory());
            threads.add(thread);
            processors.add(new LoopProcessor(name, loop -> thread.execute(() -> revive(loop)), config.readBuffer()));
        }
        workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("smtp-work-", 0).factory());
    }

    /** Runs MINA's loop again when an error ended it: it would otherwise be dead with all its connections. */
    private static void revive(Runnable loop) {
        for (int i = 0; i < REVIVALS; i++) {
            try {
                loop.run();
                return;
            } catch (Throwable e) {
                LOG.error("an I/O thread failed, and goes on", e);
            }
        }
    }

    /** Returns how the threads work. */
    public LoopConfig config() {
        return config;
    }

    LoopProcessor first() {
        return processors.get(0);
    }

    LoopProcessor next() {
        return processors.get(Math.floorMod(turn.getAndIncrement(), processors.size()));
    }

    /** Whether the current thread is an I/O thread. */
    boolean inLoop() {
        for (LoopProcessor processor : processors) {
            if (processor.inLoop()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs code on a virtual thread.
     *
     * @throws RejectedExecutionException when closed
     */
    void compute(Runnable work) {
        workers.execute(work);
    }

    /**
     * Ends all threads and with them every connection that is still there; offloaded work is given some seconds, then
     * interrupted. Close listeners and connectors first. Not to be called on an I/O thread.
     */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
                LOG.warn("work was still running and is interrupted");
            }
            for (int i = 0; i < processors.size(); i++) {
                end(processors.get(i), threads.get(i));
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            threads.forEach(ExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    private static void end(LoopProcessor processor, ExecutorService thread) throws InterruptedException {
        // Waits for the loop without a limit of its own.
        Thread disposal = Thread.ofVirtual().start(processor::dispose);
        if (!disposal.join(PATIENCE)) {
            try {
                processor.kill();
            } catch (IOException e) {
                LOG.warn("an I/O thread does not end: {}", MinaTransport.reason(e));
            }
        }
        thread.shutdown();
        if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }
}
