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
import org.mailwright.smtp.dns.MxAnswer;
import org.mailwright.smtp.dns.MxRecord;

/**
 * Finds the hosts that take the mail of a next hop (RFC 5321 section 5, RFC 7505). Safe for any number of threads.
 *
 * @since 0.1.0
 */
public final class MxResolver {

    private static final Reply NO_DOMAIN = Reply.of(550, "5.1.2", "There is no such domain");
    private static final Reply NO_MAIL = Reply.of(556, "5.1.10", "The domain takes no mail");
    private static final Reply NOT_PROVEN = Reply.of(
            550, "5.7.10", "Encryption needed: nothing proves (DNSSEC) which hosts take the mail of the domain");
    static final Reply UNKNOWN = Reply.of(451, "4.4.3", "The domain cannot be looked up now");
    static final Reply LOOP = Reply.of(554, "5.4.6", "Mail for the domain loops back to this host");

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

    /** Makes a plan; it blocks for the look-up of the exchangers, and leaves their addresses for later. */
    public MxPlan plan(NextHop hop) {
        return plan(hop, false);
    }

    /**
     * Makes plans. In a proven one a certificate that bears the name of its host says whose host it is: for the name is
     * that of the hop itself, or DNSSEC proves that it takes the mail of the hop (RFC 8689 section 4.2.1).
     */
    RelayClient.Way way(NextHop hop) {
        return proven -> plan(hop, proven);
    }

    private MxPlan plan(NextHop hop, boolean proven) {
        Optional<InetAddress> address = hop.address();
        if (address.isPresent()) {
            return literal(address.get(), hop.port());
        }
        if (hop.direct()) {
            return host(hop);
        }
        try {
            MxAnswer answer = proven ? dns.provenMx(hop.host()) : new MxAnswer(true, dns.mx(hop.host()));
            List<MxRecord> records = answer.records();
            if (records.isEmpty()) {
                return ownName(hop.host(), hop.port()) ? nowhere(LOOP) : host(hop);
            }
            List<MxRecord> real =
                    records.stream().filter(record -> !record.isNull()).toList();
            if (real.isEmpty()) {
                return nowhere(NO_MAIL);
            }
            return answer.secure() ? exchangers(real, hop.port()) : nowhere(NOT_PROVEN);
        } catch (DnsException e) {
            return nowhere(
                    switch (e.kind()) {
                        case NO_SUCH_NAME -> NO_DOMAIN;
                        case TEMPORARY, BROKEN -> UNKNOWN;
                    });
        }
    }

    /** The reply for hosts none of which can be sent to; it names the host where there is one. */
    static Reply noAddress(List<String> hosts) {
        return Reply.of(
                550,
                "5.4.4",
                hosts.size() == 1
                        ? "The host " + hosts.getFirst() + " has no address to send to"
                        : "No host of the domain has an address to send to");
    }

    private static MxPlan nowhere(Reply reply) {
        return MxPlan.of(List.of(), new MxPlan.Nowhere(reply));
    }

    /** At a port where this host takes no mail, its name may stand for another server. */
    private boolean ownName(String name, int port) {
        return (port == config.port() || own.hasPort(port))
                && config.ownNames().contains(name.toLowerCase(Locale.ROOT));
    }

    private MxPlan literal(InetAddress address, int port) {
        if (own.contains(address, port)) {
            return nowhere(LOOP);
        }
        String name = AddressLiteral.of(address).toString();
        MxPlan.Nowhere nowhere = new MxPlan.Nowhere(noAddress(List.of(name)));
        List<MxPlan.Host> hosts =
                rules.allowed(address) ? List.of(new MxPlan.Host(name, List.of(address), port)) : List.of();
        return MxPlan.of(hosts, nowhere);
    }

    private MxPlan host(NextHop hop) {
        return plan(List.of(new MxRecord(0, hop.host())), hop.port(), false);
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
        List<MxRecord> better = order.stream()
                .filter(record -> record.preference() < named)
                .limit(config.hosts())
                .toList();
        return plan(better, port, named != Integer.MAX_VALUE);
    }

    private MxPlan plan(List<MxRecord> order, int port, boolean here) {
        return new Exchangers(dns, rules, own, order, port, here, config.addresses());
    }
}
