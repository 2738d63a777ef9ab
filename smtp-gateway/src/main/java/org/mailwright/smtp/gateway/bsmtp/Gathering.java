package org.mailwright.smtp.gateway.bsmtp;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The mails that go into one batch together. The first to come opens the file, waits for others and publishes it; the
 * others write their mails and wait for that.
 */
final class Gathering {

    /** Writes one mail into a file. */
    @FunctionalInterface
    interface Writing {
        /** Writes; what it throws concerns this mail alone once the file was cut {@linkplain BatchFile#back back}. */
        void write(BatchFile file) throws IOException;
    }

    /** What opens a file. */
    @FunctionalInterface
    interface Opening {
        BatchFile open() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Duration time;
    private volatile @Nullable Batch open;

    /** One file and how it ended. */
    private static final class Batch {
        private final BatchFile file;
        private int mails;
        private boolean over;
        private @Nullable IOException failure;

        Batch(BatchFile file) {
            this.file = file;
        }

        void requireWhole() throws IOException {
            IOException why = failure;
            if (why != null) {
                throw new IOException("the batch could not be written: " + why.getMessage(), why);
            }
        }
    }

    Gathering(Duration time) {
        this.time = time;
    }

    /**
     * Puts a mail into a batch; when this returns, the batch is on the medium under its name. An interrupt ends the
     * waiting, not the delivery, and is kept.
     *
     * @throws IOException when the mail is in no batch
     */
    void add(Opening opening, Writing mail) throws IOException {
        lock.lock();
        try {
            Batch batch = open;
            if (batch != null) {
                write(batch, mail);
                while (!batch.over) {
                    changed.awaitUninterruptibly();
                }
                batch.requireWhole();
                return;
            }
            Batch own = new Batch(opening.open());
            open = own;
            @Nullable IOException mine = null;
            try {
                write(own, mail);
            } catch (IOException e) {
                mine = e;
            }
            if (mine == null) {
                gather();
            }
            end(own);
            if (mine != null) {
                throw mine;
            }
            own.requireWhole();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether there is a file that mails may be added to. */
    boolean isOpen() {
        return open != null;
    }

    private void write(Batch batch, Writing mail) throws IOException {
        long place = batch.file.place();
        try {
            mail.write(batch.file);
            batch.mails++;
        } catch (IOException e) {
            try {
                batch.file.back(place);
            } catch (IOException worse) {
                batch.failure = worse; // half a mail stays in it: nobody may see it
            }
            throw e;
        }
    }

    private void gather() {
        long left = time.toNanos();
        try {
            while (left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Batch batch) {
        open = null;
        batch.over = true;
        try {
            if (batch.failure == null && batch.mails > 0) {
                batch.file.publish();
            } else {
                batch.file.discard();
            }
        } catch (IOException e) {
            batch.failure = e;
            discard(batch);
        } finally {
            changed.signalAll();
        }
    }

    private static void discard(Batch batch) {
        try {
            batch.file.discard();
        } catch (IOException left) {
            // a file that nobody reads stays: the first failure tells more
            left.addSuppressed(batch.failure);
        }
    }
}
