package org.mailwright.smtp.relay;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.dns.DnsException;
import org.mailwright.smtp.dns.MailDns;
import org.mailwright.smtp.dns.MxRecord;

/**
 * The hosts of a list of mail exchangers, looked up as late as may be.
 *
 * <p>Hosts of equal preference are looked up at the same time, for none of them may be tried when one of them is this
 * host. One whose look-up takes long holds the others up for no longer than {@link #PATIENCE}: should it turn out to be
 * this host later, the rest is given up then.
 */
final class Exchangers implements MxPlan {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final MailDns dns;
    private final AddressRules rules;
    private final OwnAddresses own;
    private final List<MxRecord> order;
    private final int port;
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<Answer> group = new ArrayList<>();
    private int next;
    private int underWay;
    private int room;
    private boolean here;
    private boolean unsure;

    /** What a look-up said. */
    private record Answer(int place, List<InetAddress> addresses, Optional<DnsException> failure) {}

    /**
     * Makes a plan.
     *
     * @param order by preference; all are better than what is known to be this host
     * @param here whether this host is known to be in the list
     * @param room most addresses in all
     */
    Exchangers(
            MailDns dns, AddressRules rules, OwnAddresses own, List<MxRecord> order, int port, boolean here, int room) {
        this.dns = dns;
        this.rules = rules;
        this.own = own;
        this.order = List.copyOf(order);
        this.port = port;
        this.here = here;
        this.room = room;
    }

    @Override
    public Step next() throws InterruptedException {
        while (room > 0) {
            if (group.isEmpty() && underWay == 0) {
                if (next == order.size()) {
                    break;
                }
                lookUp();
            }
            if (group.isEmpty()) {
                group.add(answers.take());
                underWay--;
            }
            drain();
            if (group.stream().anyMatch(this::leadsHere)) {
                here = true;
                break;
            }
            Optional<Host> host = host(group.removeFirst());
            if (host.isPresent()) {
                return host.get();
            }
        }
        room = 0;
        Reply why = unsure ? MxResolver.UNKNOWN : here ? MxResolver.LOOP : noAddress();
        return new Nowhere(why);
    }

    private Reply noAddress() {
        return MxResolver.noAddress(
                order.stream().map(MxRecord::exchange).distinct().toList());
    }

    private Optional<Host> host(Answer answer) {
        answer.failure().ifPresent(why -> unsure |= why.kind() != DnsException.Kind.NO_SUCH_NAME);
        List<InetAddress> usable = AddressRules.interleaved(
                answer.addresses().stream().filter(rules::allowed).distinct().toList());
        if (usable.isEmpty()) {
            return Optional.empty();
        }
        List<InetAddress> some = usable.subList(0, Math.min(room, usable.size()));
        room -= some.size();
        return Optional.of(new Host(order.get(answer.place()).exchange(), some, port));
    }

    /** Looks the hosts of the next preference up. */
    private void lookUp() throws InterruptedException {
        int first = next;
        int preference = order.get(first).preference();
        while (next < order.size() && order.get(next).preference() == preference) {
            next++;
            if (!own.hasPort(port)) {
                break; // one by one: none of them can be this host
            }
        }
        if (next - first == 1) {
            group.add(ask(first));
            return;
        }
        for (int i = first; i < next; i++) {
            int place = i;
            underWay++;
            Thread.startVirtualThread(() -> answers.add(ask(place)));
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (underWay > 0) {
            Answer answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                break;
            }
            group.add(answer);
            underWay--;
        }
        // Their order is random, and shares the load; that of the answers is not.
        group.sort(Comparator.comparingInt(Answer::place));
    }

    private void drain() {
        underWay -= answers.drainTo(group);
    }

    private boolean leadsHere(Answer answer) {
        return answer.addresses().stream().anyMatch(address -> own.contains(address, port));
    }

    private Answer ask(int place) {
        try {
            return new Answer(place, dns.addresses(order.get(place).exchange()), Optional.empty());
        } catch (DnsException e) {
            return new Answer(place, List.of(), Optional.of(e));
        } catch (RuntimeException e) {
            String why = "the look-up failed: " + e;
            return new Answer(place, List.of(), Optional.of(new DnsException(DnsException.Kind.BROKEN, why, e)));
        }
    }
}
