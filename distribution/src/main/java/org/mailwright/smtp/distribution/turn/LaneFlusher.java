package org.mailwright.smtp.distribution.turn;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.ext.turn.EtrnNode;
import org.mailwright.smtp.ext.turn.Flush;
import org.mailwright.smtp.ext.turn.QueueFlusher;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.LaneSummary;
import org.mailwright.smtp.queue.QueueView;

/**
 * Makes the lanes of a node due. A node may be asked for when its way is laid down in the configuration, or its mail
 * waits for that; for any other domain a stranger could make this server knock at its door.
 *
 * @param queue where mail waits
 * @param routed tells whether a domain, in A-labels, has a way of its own
 * @param calls the hosts for which mail waits until somebody asks
 * @param ways names the pools of such ways
 * @param waiting names the pool of what waits
 * @param clock the clock of the queue
 * @since 0.1.0
 */
public record LaneFlusher(
        QueueView queue, Predicate<String> routed, Calls calls, List<String> ways, String waiting, InstantSource clock)
        implements QueueFlusher {

    private static final Flush UNKNOWN = new Flush.NotAllowed("this server does not keep its mail");

    /** Copies the list. */
    public LaneFlusher {
        ways = List.copyOf(ways);
    }

    @Override
    public Flush flush(EtrnNode node, SessionView session) throws IOException {
        return switch (node) {
            case EtrnNode.Only(Domain domain) -> {
                String name = domain.canonical();
                yield routed.test(name) || calls.knows(name) ? flush(lane -> serves(lane, name)) : UNKNOWN;
            }
            case EtrnNode.Within(Domain domain) -> {
                String name = domain.canonical();
                yield routed.test(name) || routed.test("." + name) || calls.knowsWithin(name)
                        ? flush(lane -> serves(lane, name) || lane.endsWith("." + name))
                        : UNKNOWN;
            }
            case EtrnNode.Queue queueName -> new Flush.NotAllowed("there is no such queue");
        };
    }

    /** Tells whether a lane, called by a domain or by a dot and the domain of a route, has the mail of a domain. */
    private static boolean serves(String lane, String domain) {
        return lane.equals(domain) || (lane.startsWith(".") && domain.endsWith(lane));
    }

    private Flush flush(Predicate<String> wanted) throws IOException {
        long count = 0;
        for (LaneSummary lane : queue.summary()) {
            LaneName name = lane.lane();
            boolean waits = name.pool().equals(waiting) && calls.knows(name.destination());
            if ((waits || ways.contains(name.pool())) && wanted.test(name.destination())) {
                if (waits) {
                    calls.begin(name.destination());
                }
                new WaitingLane(queue, name, clock).flush();
                count += lane.deliveries() - lane.held();
            }
        }
        return count == 0 ? new Flush.NothingWaits() : new Flush.CountedStarted(count);
    }
}
