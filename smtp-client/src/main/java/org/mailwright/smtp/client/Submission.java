package org.mailwright.smtp.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.RecipientResult;
import org.mailwright.smtp.core.reply.Reply;

/** One mail that was given to the client, and at the same time the promise of its result. */
final class Submission extends CompletableFuture<MailResult> implements MailJob {

    /** Of a mail that finds too many before it. */
    static final Outcome FULL = local("4.3.2", "Too many mails wait for this server");
    /** Of a mail that is not to be sent any more. */
    static final Outcome UNWANTED = local("4.3.0", "The mail was cancelled");
    /** Of a mail that came too late. */
    static final Outcome CLOSED = local("4.3.2", "The client is closed");

    private static final int SHUTTING_DOWN = 421;

    private final OutgoingMail mail;
    private final Executor tellers;
    private final BooleanSupplier wanted;
    private volatile @Nullable ServerPool pool;
    private boolean onUsedConnection;
    private int tries;
    private long since;
    private boolean hurried;

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

    private static Outcome local(String enhanced, String text) {
        return new Outcome.Failed(Reply.of(451, enhanced, text), Moment.CONNECT);
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

    /** Notes where it waits, from now on. */
    void waitsAt(ServerPool where) {
        pool = where;
        since = System.nanoTime();
        hurried = false;
    }

    /** Notes that it has waited for long; tells whether that is new. */
    boolean hurry() {
        boolean before = hurried;
        hurried = true;
        return !before;
    }

    /** Returns since when it waits, by {@link System#nanoTime}. */
    long waitsSince() {
        return since;
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
