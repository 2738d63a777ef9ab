package org.mailwright.smtp.queue.schedule;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.mailwright.smtp.queue.MailQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of this node again and again. */
final class Renewer {

    private static final Logger LOG = LoggerFactory.getLogger(Renewer.class);

    private final MailQueue queue;
    private final Supplier<Duration> pause;
    private final Thread thread;

    Renewer(MailQueue queue, Supplier<Duration> pause) {
        this.queue = queue;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("renewer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(pause.get());
                renew();
            }
        } catch (InterruptedException e) {
            LOG.debug("leases are no longer renewed");
        }
    }

    private void renew() {
        try {
            queue.renew();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the leases cannot be renewed now: {}", e.toString());
        }
    }
}
