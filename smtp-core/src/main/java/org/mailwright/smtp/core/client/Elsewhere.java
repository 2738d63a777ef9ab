package org.mailwright.smtp.core.client;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mailwright.smtp.core.transport.Transport;

/** Runs what may block on another thread, while the connection holds still. */
final class Elsewhere {

    private final Transport transport;
    private final Runnable back;
    private boolean away;

    /**
     * Makes one.
     *
     * @param back called when a turn goes on after something ran elsewhere
     */
    Elsewhere(Transport transport, Runnable back) {
        this.transport = transport;
        this.back = back;
    }

    /** Tells whether something runs elsewhere now, so that nothing else may go on. */
    boolean away() {
        return away;
    }

    /** Runs work, and then one of the other two on the thread of the connection. */
    <T> void run(boolean mayBlock, Callable<T> work, Consumer<T> then, Consumer<Exception> failed) {
        Offloaded<T> task = new Offloaded<>(work);
        if (!mayBlock) {
            task.run();
            task.settle(then, failed);
            return;
        }
        away = true;
        transport.offload(task, () -> {
            away = false;
            task.settle(then, failed);
            back.run();
        });
    }
}
