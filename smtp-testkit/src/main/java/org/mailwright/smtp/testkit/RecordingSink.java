package org.mailwright.smtp.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * A sink that keeps the mails it takes in memory, and fails when it is told to. Holds its callers to the contract: an
 * intake that is used after its end, or ended twice, is an error that {@link #violations} tells.
 *
 * @since 0.1.0
 */
public class RecordingSink implements MessageSink {

    private static final Reply TAKEN = Reply.of(250, "2.0.0", "Mail taken");

    /** A call of a sink. */
    public enum Moment {
        /** {@link MessageSink#open}. */
        OPEN,
        /** Each {@link MessageSink.Intake#write}. */
        WRITE,
        /** {@link MessageSink.Intake#commit}. */
        COMMIT
    }

    /**
     * Makes what is thrown: an {@link SmtpException}, {@link IOException}, {@link RuntimeException} or {@link Error}.
     */
    @FunctionalInterface
    public interface Fault {
        /** Throws, or does nothing. */
        void strike() throws SmtpException, IOException;
    }

    private record Failing(Moment moment, Fault fault) {}

    private final Function<Recipient, Reply> answers;
    private final Optional<Failing> failing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final List<RecordedMail> mails = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private int opened;
    private int aborted;

    private RecordingSink(Function<Recipient, Reply> answers, Optional<Failing> failing) {
        this.answers = answers;
        this.failing = failing;
    }

    /** Returns a sink that takes everything, as one that may block. */
    public static RecordingSink blocking() {
        return new RecordingSink(recipient -> TAKEN, Optional.empty());
    }

    /** Returns a sink that takes everything, marked {@link NonBlocking}. */
    public static RecordingSink nonBlocking() {
        return new Quick(recipient -> TAKEN, Optional.empty());
    }

    /** Returns a new sink like this one that fails at a moment. */
    public RecordingSink failing(Moment moment, Fault fault) {
        return like(answers, Optional.of(new Failing(moment, fault)));
    }

    /** Returns a new sink like this one that gives each recipient this reply; it keeps the mail whatever they are. */
    public RecordingSink answering(Function<Recipient, Reply> replies) {
        return like(replies, failing);
    }

    private RecordingSink like(Function<Recipient, Reply> replies, Optional<Failing> faults) {
        return this instanceof NonBlocking ? new Quick(replies, faults) : new RecordingSink(replies, faults);
    }

    /** Returns the mails that were committed, in order. */
    public List<RecordedMail> mails() {
        return locked(() -> List.copyOf(mails));
    }

    /** Returns how many mails were begun. */
    public int opened() {
        return locked(() -> opened);
    }

    /** Returns how many mails were aborted. */
    public int aborted() {
        return locked(() -> aborted);
    }

    /** Returns what callers did against the contract of {@link MessageSink}; empty when all is well. */
    public List<String> violations() {
        return locked(() -> List.copyOf(violations));
    }

    /**
     * Waits until so many mails were aborted, as a session does that on a thread of its own.
     *
     * @return false when it took longer
     */
    public boolean awaitAborted(int count, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (aborted < count && left > 0) {
                left = ended.awaitNanos(left);
            }
            return aborted >= count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a mail is committed; see {@link #awaitAborted}. */
    public boolean awaitMails(int count, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (mails.size() < count && left > 0) {
                left = ended.awaitNanos(left);
            }
            return mails.size() >= count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Intake open(Envelope envelope) throws SmtpException, IOException {
        strike(Moment.OPEN);
        locked(() -> ++opened);
        return new Recording(envelope);
    }

    private void strike(Moment moment) throws SmtpException, IOException {
        if (failing.isPresent() && failing.get().moment() == moment) {
            failing.get().fault().strike();
        }
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    private final class Recording implements Intake {

        private final Envelope envelope;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private String over = "";

        Recording(Envelope envelope) {
            this.envelope = envelope;
        }

        @Override
        public void write(ByteBuffer octets) throws SmtpException, IOException {
            requireOpen("write");
            strike(Moment.WRITE);
            byte[] copy = new byte[octets.remaining()];
            octets.get(copy);
            content.writeBytes(copy);
        }

        @Override
        public Acceptance commit() throws SmtpException, IOException {
            requireOpen("commit");
            over = "commit";
            strike(Moment.COMMIT);
            locked(() -> mails.add(new RecordedMail(envelope, content.toByteArray())));
            signal();
            return new Acceptance(envelope.recipients().stream().map(answers).toList());
        }

        @Override
        public void abort() {
            requireOpen("abort");
            over = "abort";
            locked(() -> ++aborted);
            signal();
        }

        private void requireOpen(String what) {
            if (!over.isEmpty()) {
                locked(() -> violations.add(what + " after " + over + " of " + envelope.id()));
            }
        }

        private void signal() {
            lock.lock();
            try {
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class Quick extends RecordingSink implements NonBlocking {
        Quick(Function<Recipient, Reply> answers, Optional<Failing> failing) {
            super(answers, failing);
        }
    }
}
