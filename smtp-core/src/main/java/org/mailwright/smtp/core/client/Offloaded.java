package org.mailwright.smtp.core.client;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Work that runs on one thread, and whose result is looked at on another after that. */
final class Offloaded<T> implements Runnable {

    private final Callable<T> work;
    private @Nullable T result;
    private @Nullable Exception failure;

    Offloaded(Callable<T> work) {
        this.work = work;
    }

    /** Runs the work. Whatever an author's code throws is kept for the one who asked; it must not end a thread. */
    @Override
    public void run() {
        try {
            result = work.call();
        } catch (Exception e) {
            failure = e;
        }
    }

    /** Calls one of the two. */
    void settle(Consumer<T> then, Consumer<Exception> failed) {
        T value = result;
        Exception problem = failure;
        if (problem != null) {
            failed.accept(problem);
        } else if (value != null) {
            then.accept(value);
        } else {
            failed.accept(new IllegalStateException("the work returned null, or was never run"));
        }
    }
}
