package org.mailwright.smtp.queue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.mail.Body;

/**
 * Keeps accepted mail until it is delivered or given up.
 *
 * <p>A mail is a {@link Message} and one {@link Delivery} per recipient; deliveries wait in lanes, one per destination.
 * A node leases lanes, never single deliveries; a lane whose lease has run out is ready again for every node. All
 * methods may block and may be called by any number of threads at the same time. Every implementation passes the
 * contract test of this module.
 *
 * @since 0.1.0
 */
public interface MailQueue extends AutoCloseable {

    /** Told which lanes got something to do on this node. Must not block. */
    @FunctionalInterface
    interface Listener {
        /** Called after the commit that put deliveries into these lanes, or that made some due. */
        void ready(Set<LaneName> lanes);
    }

    /**
     * Begins to take a mail.
     *
     * @param id of the mail; the same as that of the message that is committed
     * @throws QueueFullException when there is no room
     * @throws IOException when the queue cannot take it now
     */
    MailWriter begin(String id) throws IOException;

    /**
     * Leases up to so many lanes that have something due and that nobody holds, the longest due first.
     *
     * @param most at least 1
     */
    List<LaneLease> claim(int most) throws IOException;

    /**
     * Returns deliveries of a lane that are due, at most so many: mostly urgent ones, and some of each other class that
     * waits. Changes nothing: what was returned and is not settled is returned again.
     *
     * @param except ids of deliveries that are under way
     */
    List<Delivery> next(LaneLease lease, int most, Set<Long> except) throws IOException;

    /** Returns the content of a mail that has a delivery in the queue; it can be opened more than once. */
    Body content(Message message);

    /**
     * Settles deliveries and takes in the mails that tell of it, all in one commit: either all of it is on the medium
     * when this returns, or, when it throws, nothing.
     *
     * <p>A report is taken in only if this call settles at least one of the deliveries that it tells of: when none is
     * there any more, or none is at the attempt that is settled, somebody else has settled them, or deleted them, and
     * the report would contradict that.
     *
     * @param reports mails made here, committed along; one whose id is taken spoils all of it
     */
    void settle(List<Settlement> settlements, List<NewMail> reports) throws IOException;

    /**
     * Extends the leases of this node. To be called more often than a lease lasts.
     *
     * @throws IOException when it cannot be done now; {@link #holds} tells how long the leases last without it
     */
    void renew() throws IOException;

    /**
     * Tells, without I/O, whether a lease can be relied on: it was renewed long enough ago that no other node has the
     * lane. A node that does not hold it any more begins no mail and ends none.
     */
    boolean holds(LaneLease lease);

    /**
     * Gives a lane back.
     *
     * @param notBefore nobody leases it before this time, whatever comes in: the destination is out of order; ignored
     *     when the operator has flushed the lane since it was leased
     */
    void release(LaneLease lease, Optional<Instant> notBefore) throws IOException;

    /** Tells from now on which lanes got something to do. */
    void listen(Listener listener);

    /** Tells why no mail can be taken now, such as a full disk: cheap, without I/O. Empty when all is well. */
    Optional<String> pressure();

    /** Returns the operator's view. */
    QueueView view();

    /** Returns when the first lane that nobody holds has something due, to know when to claim again. */
    Optional<Instant> nextDue() throws IOException;

    /** Ends: what is committed stays. */
    @Override
    void close() throws IOException;
}
