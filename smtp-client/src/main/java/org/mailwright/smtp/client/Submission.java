package org.mailwright.smtp.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.RecipientResult;

/** One mail that was given to the client, and at the same time the promise of its result. */
final class Submission extends CompletableFuture<MailResult> implements MailJob {

    private static final int SHUTTING_DOWN = 421;

    private final OutgoingMail mail;
    private final Executor tellers;
    private final BooleanSupplier wanted;
    private volatile @Nullable ServerPool pool;
    private boolean onUsedConnection;
    private int tries;

    /**
     * Makes one.
     *
     * @param tellers runs what depends on the result
     * @param wanted tells whether it is still to be sent
     */
    Submission(OutgoingMail mail, Executor tellers, BooleanSupplier wanted) {
        this.mail = mail;
        this.tellers = tellers;
        this.wanted = wanted;
    }

    @Override
    public OutgoingMail mail() {
        return mail;
    }

    @Override
    public boolean cancelled() {
        return isDone() || !wanted.getAsBoolean();
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        boolean cancelled = super.cancel(mayInterrupt);
        ServerPool waitsAt = pool;
        if (cancelled && waitsAt != null) {
            waitsAt.forget(this);
        }
        return cancelled;
    }

    /** Notes where it waits. */
    void waitsAt(ServerPool where) {
        pool = where;
    }

    /** Returns the result; when it is not there in that time, the pool is asked to see to a mail that still waits. */
    MailResult within(Duration patience) throws InterruptedException, ExecutionException {
        try {
            return get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            ServerPool waitsAt = pool;
            if (waitsAt != null) {
                waitsAt.hurry(this);
            }
            return get();
        }
    }

    /** Notes which kind of connection took it. */
    void takenBy(boolean usedConnection) {
        onUsedConnection = usedConnection;
    }

    @Override
    public void done(MailResult result) {
        ServerPool waitsAt = pool;
        if (waitsAt != null && onUsedConnection && tries < waitsAt.retries() && !cancelled() && wentStale(result)) {
            tries++;
            waitsAt.again(this);
        } else {
            tell(result);
        }
    }

    /** Tells the result, on a thread that may wait. */
    void tell(MailResult result) {
        tellers.execute(() -> complete(result));
    }

    /** Tells that nobody got the mail. */
    void fail(Outcome outcome) {
        tell(MailResult.all(mail, outcome));
    }

    /**
     * Tells whether the connection had ended before the server looked at the mail, as connections that were kept do.
     */
    private boolean wentStale(MailResult result) {
        return result.recipients().stream().allMatch(this::wentStale);
    }

    private boolean wentStale(RecipientResult one) {
        Outcome outcome = one.outcome();
        boolean readable = outcome.moment() != Moment.CONTENT || mail.body().replayable();
        return switch (outcome) {
            case Outcome.Failed failed -> readable;
            case Outcome.Refused refused ->
                outcome.reply().code() == SHUTTING_DOWN && outcome.moment() != Moment.CONTENT;
            case Outcome.Accepted accepted -> false;
            case Outcome.Unknown unknown -> false;
        };
    }
}
