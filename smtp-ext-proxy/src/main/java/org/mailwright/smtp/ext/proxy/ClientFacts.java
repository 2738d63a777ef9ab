package org.mailwright.smtp.ext.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.text.Ascii;
import org.mailwright.smtp.core.text.Xtext;

/**
 * What a trusted host tells of the client for which it speaks.
 *
 * @param values what is known, decoded: printable US-ASCII, up to {@value #LONGEST} characters, and as the fact asks
 *     for
 * @since 0.1.0
 */
public record ClientFacts(Map<Fact, String> values) {

    /** Nothing is known. */
    public static final ClientFacts NONE = new ClientFacts(Map.of());

    /** The most characters of a value. */
    public static final int LONGEST = 255;

    private static final String IPV6 = "IPV6:";
    private static final Set<String> UNKNOWN = Set.of("[UNAVAILABLE]", "[TEMPUNAVAIL]");

    /** Checks the values. */
    public ClientFacts {
        values.forEach((fact, value) -> {
            if (!fits(fact, value)) {
                throw new IllegalArgumentException("not a value of " + fact);
            }
        });
        values = Map.copyOf(values);
    }

    /**
     * Reads {@code NAME=value} words; empty when one is anything else, is not allowed, or is there twice.
     *
     * @param allowed the names that the command knows
     */
    static Optional<ClientFacts> read(String words, Set<Fact> allowed) {
        Map<Fact, String> values = new EnumMap<>(Fact.class);
        Map<Fact, Boolean> seen = new EnumMap<>(Fact.class);
        for (String word : words.strip().split(" +", -1)) {
            int equals = word.indexOf('=');
            Optional<Fact> fact = equals < 0 ? Optional.empty() : fact(word.substring(0, equals));
            Optional<String> value = Xtext.decodePrintable(word.substring(equals + 1));
            if (fact.isEmpty()
                    || value.isEmpty()
                    || !allowed.contains(fact.get())
                    || seen.put(fact.get(), true) != null) {
                return Optional.empty();
            }
            if (!UNKNOWN.contains(value.get().toUpperCase(Locale.ROOT))) {
                if (!fits(fact.get(), value.get())) {
                    return Optional.empty();
                }
                values.put(fact.get(), value.get());
            }
        }
        return Optional.of(new ClientFacts(values));
    }

    private static Optional<Fact> fact(String name) {
        for (Fact fact : Fact.values()) {
            if (Ascii.equalsIgnoreCase(fact.name(), name)) {
                return Optional.of(fact);
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Fact fact, String value) {
        boolean text = !value.isEmpty() && value.length() <= LONGEST && Ascii.isPrintable(value);
        return text
                && switch (fact) {
                    case NAME, HELO, IDENT, LOGIN -> true;
                    case ADDR, DESTADDR -> address(value).isPresent();
                    case PORT, DESTPORT -> Addresses.port(value).isPresent();
                    case PROTO -> value.equalsIgnoreCase("SMTP") || value.equalsIgnoreCase("ESMTP");
                    case SOURCE -> value.equalsIgnoreCase("LOCAL") || value.equalsIgnoreCase("REMOTE");
                };
    }

    private static Optional<InetAddress> address(String value) {
        boolean six = value.regionMatches(true, 0, IPV6, 0, IPV6.length());
        return Addresses.parse(six ? value.substring(IPV6.length()) : value);
    }

    /** Returns one fact. */
    public Optional<String> get(Fact fact) {
        return Optional.ofNullable(values.get(fact));
    }

    /** Returns these facts of a client whose address is an IP address. */
    public static ClientFacts of(InetSocketAddress client) {
        String address = client.getAddress().getHostAddress();
        return new ClientFacts(Map.of(
                Fact.ADDR,
                address.indexOf(':') < 0 ? address : IPV6 + address,
                Fact.PORT,
                Integer.toString(client.getPort())));
    }

    /** Returns the same with one more. */
    public ClientFacts with(Fact fact, String value) {
        Map<Fact, String> more = new EnumMap<>(Fact.class);
        more.putAll(values);
        more.put(fact, value);
        return new ClientFacts(more);
    }

    /** Returns these and others, of which those count that are in both. */
    ClientFacts and(ClientFacts more) {
        Map<Fact, String> all = new EnumMap<>(Fact.class);
        all.putAll(values);
        all.putAll(more.values);
        return new ClientFacts(all);
    }

    /** Returns an address that two facts make; what they leave open is of the other one. */
    SocketAddress address(Fact host, Fact port, SocketAddress otherwise) {
        Optional<InetAddress> known = get(host).flatMap(ClientFacts::address);
        int number = get(port)
                .flatMap(Addresses::port)
                .orElse(otherwise instanceof InetSocketAddress inet && known.isEmpty() ? inet.getPort() : 0);
        return known.<SocketAddress>map(address -> new InetSocketAddress(address, number))
                .orElse(otherwise);
    }

    /** Returns the words, for the facts that a command knows. */
    String written(Set<Fact> allowed) {
        StringBuilder words = new StringBuilder();
        for (Fact fact : Fact.values()) {
            Optional<String> value = get(fact).filter(known -> allowed.contains(fact));
            value.ifPresent(known -> words.append(words.isEmpty() ? "" : " ")
                    .append(fact)
                    .append('=')
                    .append(Xtext.encode(known)));
        }
        return words.toString();
    }
}
