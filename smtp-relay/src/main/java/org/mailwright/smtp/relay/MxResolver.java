package org.mailwright.smtp.relay;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.dns.DnsException;
import org.mailwright.smtp.dns.MailDns;
import org.mailwright.smtp.dns.MxRecord;

/**
 * Finds the hosts that take the mail of a next hop (RFC 5321 section 5, RFC 7505). Safe for any number of threads.
 *
 * @since 0.1.0
 */
public final class MxResolver {

    private static final Reply NO_DOMAIN = Reply.of(550, "5.1.2", "There is no such domain");
    private static final Reply NO_MAIL = Reply.of(556, "5.1.10", "The domain takes no mail");
    private static final Reply UNKNOWN = Reply.of(451, "4.4.3", "The domain cannot be looked up now");
    private static final Reply LOOP = Reply.of(554, "5.4.6", "Mail for the domain loops back to this host");
    private static final Reply NO_ADDRESS = Reply.of(550, "5.4.4", "No host of the domain has an address to send to");

    private final MailDns dns;
    private final RelayConfig config;
    private final AddressRules rules;
    private final OwnAddresses own;
    private final RandomGenerator random;

    /**
     * Makes one.
     *
     * @param random puts hosts of equal preference in order
     */
    public MxResolver(MailDns dns, RelayConfig config, RandomGenerator random) {
        this.dns = dns;
        this.config = config;
        this.rules = new AddressRules(config.privateAddresses());
        this.own = OwnAddresses.of(config);
        this.random = random;
    }

    /** Makes a plan; it blocks for look-ups. */
    public MxPlan plan(NextHop hop) {
        try {
            if (hop.direct()) {
                Optional<InetAddress> address = hop.address();
                return address.isPresent()
                        ? literal(address.get(), hop.port())
                        : hosts(List.of(hop.host()), hop.port());
            }
            List<MxRecord> records = dns.mx(hop.host());
            if (records.isEmpty()) {
                return ownName(hop.host(), hop.port())
                        ? new MxPlan.Nowhere(LOOP)
                        : hosts(List.of(hop.host()), hop.port());
            }
            List<MxRecord> real =
                    records.stream().filter(record -> !record.isNull()).toList();
            if (real.isEmpty()) {
                return new MxPlan.Nowhere(NO_MAIL);
            }
            return exchangers(real, hop.port());
        } catch (DnsException e) {
            return new MxPlan.Nowhere(reply(e));
        }
    }

    private static Reply reply(DnsException failure) {
        return switch (failure.kind()) {
            case NO_SUCH_NAME -> NO_DOMAIN;
            case TEMPORARY, BROKEN -> UNKNOWN;
        };
    }

    /** At a port where this host takes no mail, its name may stand for another server. */
    private boolean ownName(String name, int port) {
        return (port == config.port() || own.hasPort(port))
                && config.ownNames().contains(name.toLowerCase(Locale.ROOT));
    }

    private MxPlan literal(InetAddress address, int port) {
        if (own.contains(address, port)) {
            return new MxPlan.Nowhere(LOOP);
        }
        if (!rules.allowed(address)) {
            return new MxPlan.Nowhere(NO_ADDRESS);
        }
        String name = AddressLiteral.of(address).toString();
        return new MxPlan.Hosts(List.of(new MxPlan.Host(name, List.of(address), port)));
    }

    private MxPlan exchangers(List<MxRecord> records, int port) {
        List<MxRecord> order = new ArrayList<>(records);
        Collections.shuffle(order, Random.from(random));
        order.sort(Comparator.comparingInt(MxRecord::preference));
        int named = order.stream()
                .filter(record -> ownName(record.exchange(), port))
                .mapToInt(MxRecord::preference)
                .min()
                .orElse(Integer.MAX_VALUE);
        Found found = new Found(port);
        for (MxRecord record : order.subList(0, Math.min(order.size(), config.hosts()))) {
            if (record.preference() >= Math.min(named, found.ownPreference)) {
                break;
            }
            found.look(record.exchange(), record.preference());
        }
        found.cut();
        return found.plan(Math.min(named, found.ownPreference) != Integer.MAX_VALUE);
    }

    private MxPlan hosts(List<String> names, int port) {
        Found found = new Found(port);
        names.forEach(name -> found.look(name, 0));
        found.cut();
        return found.plan(found.ownPreference != Integer.MAX_VALUE);
    }

    /** What has been found so far. */
    private final class Found {
        private final int port;
        private final List<MxPlan.Host> hosts = new ArrayList<>();
        private final List<Integer> preferences = new ArrayList<>();
        private int ownPreference = Integer.MAX_VALUE;
        private int addresses;
        private boolean unsure;

        Found(int port) {
            this.port = port;
        }

        void look(String name, int preference) {
            int room = config.addresses() - addresses;
            if (room <= 0) {
                return;
            }
            try {
                List<InetAddress> all = dns.addresses(name);
                if (all.stream().anyMatch(address -> own.contains(address, port))) {
                    ownPreference = Math.min(ownPreference, preference);
                    return;
                }
                List<InetAddress> usable = AddressRules.interleaved(
                        all.stream().filter(rules::allowed).distinct().toList());
                if (!usable.isEmpty()) {
                    List<InetAddress> some = usable.subList(0, Math.min(room, usable.size()));
                    hosts.add(new MxPlan.Host(name, some, port));
                    preferences.add(preference);
                    addresses += some.size();
                }
            } catch (DnsException e) {
                unsure |= e.kind() != DnsException.Kind.NO_SUCH_NAME;
            }
        }

        /** Takes hosts off that are no better than this one. */
        void cut() {
            while (!hosts.isEmpty() && preferences.get(hosts.size() - 1) >= ownPreference) {
                hosts.remove(hosts.size() - 1);
                preferences.remove(/* index */ hosts.size());
            }
        }

        MxPlan plan(boolean here) {
            if (!hosts.isEmpty()) {
                return new MxPlan.Hosts(hosts);
            }
            return new MxPlan.Nowhere(unsure ? UNKNOWN : here ? LOOP : NO_ADDRESS);
        }
    }
}
