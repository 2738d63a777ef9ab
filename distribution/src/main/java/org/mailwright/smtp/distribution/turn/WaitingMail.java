package org.mailwright.smtp.distribution.turn;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.client.ClientSession;
import org.mailwright.smtp.core.client.Destination;
import org.mailwright.smtp.core.extension.RoleTaker;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.ext.turn.HeldMail;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.QueueView;

/**
 * The mail of some domains that waits in a queue until a user fetches it.
 *
 * @param users the domains that each user may fetch
 * @param queue where it waits
 * @param pool the name of the pool of its lanes; the destination of each is a domain
 * @param handovers who sends it
 * @param config how this server speaks as a client
 * @param profile what this server can do as a client
 * @param clock the clock of the queue
 * @since 0.1.0
 */
public record WaitingMail(
        Map<String, Set<Domain>> users,
        QueueView queue,
        String pool,
        Handovers handovers,
        ClientConfig config,
        ClientProfile profile,
        InstantSource clock)
        implements HeldMail {

    /** Copies the users. */
    public WaitingMail {
        users = Map.copyOf(users);
    }

    @Override
    public Set<Domain> domains(Identity user) {
        return users.getOrDefault(user.name(), Set.of());
    }

    @Override
    public Optional<RoleTaker> fetch(Set<Domain> domains, SessionView session) throws IOException {
        List<WaitingLane> lanes = new ArrayList<>();
        boolean any = false;
        for (Domain domain : domains) {
            WaitingLane lane = new WaitingLane(queue, new LaneName(pool, domain.canonical()), clock);
            lanes.add(lane);
            any |= !lane.isEmpty();
        }
        return any ? Optional.of(view -> sender(lanes, view)) : Optional.empty();
    }

    private Conversation sender(List<WaitingLane> lanes, SessionView view) {
        Handover host = new Handover(view.id(), lanes, handovers);
        Destination peer = Destination.of(lanes.getFirst().name().destination()).inheriting(view.tls());
        return host.over(new ClientSession(view.id(), config, profile, peer, host));
    }
}
