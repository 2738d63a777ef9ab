package org.mailwright.smtp.dns;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.GeneralLiteral;
import org.mailwright.smtp.core.address.Ipv4Literal;
import org.mailwright.smtp.core.address.Ipv6Literal;

/**
 * A {@link MailDns} that knows what it was told, without a network: for tests, and for hosts whose ways are fixed. It
 * can be told more at any time, by any thread. A name of which it was told nothing is no name.
 *
 * <pre>{@code
 * MapDns dns = new MapDns()
 *         .mx("example.org", 10, "mx.example.org")
 *         .host("mx.example.org", "192.0.2.1", "2001:db8::1")
 *         .failing("broken.example", DnsException.Kind.TEMPORARY);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class MapDns implements MailDns {

    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Map<String, List<MxRecord>> exchangers = new ConcurrentHashMap<>();
    private final Map<String, List<InetAddress>> addresses = new ConcurrentHashMap<>();
    private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
    private final Map<String, TlsaAnswer> tlsas = new ConcurrentHashMap<>();
    private final Set<String> proven = ConcurrentHashMap.newKeySet();
    private final Map<String, DnsException.Kind> failures = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> slow = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Makes one that knows nothing. */
    public MapDns() {}

    /** Adds a mail exchanger; an empty one is the null MX of RFC 7505. */
    public MapDns mx(String domain, int preference, String exchange) {
        add(exchangers, domain, new MxRecord(preference, key(exchange)));
        return this;
    }

    /** Says that DNSSEC proves the mail exchangers of a domain. */
    public MapDns signed(String domain) {
        proven.add(key(domain));
        return this;
    }

    /**
     * Adds a host and addresses of it; none makes it a name without addresses.
     *
     * @param literals IPv4 or IPv6 addresses, never looked up
     * @throws IllegalArgumentException when one is none
     */
    public MapDns host(String host, String... literals) {
        names.add(key(host));
        for (String literal : literals) {
            add(addresses, host, address(literal));
        }
        return this;
    }

    /** Adds TXT records, one for each text. */
    public MapDns txt(String name, String... all) {
        Arrays.stream(all).forEach(text -> add(texts, name, text));
        return this;
    }

    /** Says which TLSA records a name has, in place of those before. */
    public MapDns tlsa(String name, boolean secure, TlsaAnswer.Tlsa... records) {
        names.add(key(name));
        tlsas.put(key(name), new TlsaAnswer(secure, List.of(records)));
        return this;
    }

    /** Makes every look-up of a name fail from now on. */
    public MapDns failing(String name, DnsException.Kind kind) {
        failures.put(key(name), kind);
        return this;
    }

    /** Makes every look-up of a name wait until the latch is counted down, or its thread is interrupted. */
    public MapDns slow(String name, CountDownLatch answer) {
        slow.put(key(name), answer);
        return this;
    }

    /** Returns what was looked up, in order: such as {@code MX example.org}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public List<MxRecord> mx(String domain) throws DnsException {
        return List.copyOf(exchangers.getOrDefault(look("MX", domain), List.of()));
    }

    @Override
    public MxAnswer provenMx(String domain) throws DnsException {
        return new MxAnswer(proven.contains(key(domain)), mx(domain));
    }

    /** Asks for both families as one look-up, {@code A}. */
    @Override
    public List<InetAddress> addresses(String host) throws DnsException {
        return List.copyOf(addresses.getOrDefault(look("A", host), List.of()));
    }

    @Override
    public List<String> txt(String name) throws DnsException {
        return List.copyOf(texts.getOrDefault(look("TXT", name), List.of()));
    }

    @Override
    public TlsaAnswer tlsa(String name) throws DnsException {
        return tlsas.getOrDefault(look("TLSA", name), new TlsaAnswer(false, List.of()));
    }

    private <T> void add(Map<String, List<T>> where, String name, T value) {
        names.add(key(name));
        where.computeIfAbsent(key(name), any -> new CopyOnWriteArrayList<>()).add(value);
    }

    private String look(String type, String name) throws DnsException {
        String key = key(name);
        asked.add(type + " " + key);
        CountDownLatch answer = slow.get(key);
        if (answer != null) {
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DnsException(DnsException.Kind.TEMPORARY, type + " of " + name + ": interrupted", e);
            }
        }
        DnsException.Kind failure = failures.get(key);
        if (failure != null) {
            throw new DnsException(failure, type + " of " + name + ": told to fail");
        }
        if (!names.contains(key)) {
            throw new DnsException(DnsException.Kind.NO_SUCH_NAME, type + " of " + name + ": no such name");
        }
        return key;
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static InetAddress address(String literal) {
        return switch (AddressLiteral.parse(
                literal.indexOf(':') < 0 ? "[" + literal + "]" : "[IPv6:" + literal + "]")) {
            case Ipv4Literal four -> four.toInetAddress();
            case Ipv6Literal six -> six.toInetAddress();
            case GeneralLiteral other -> throw new IllegalArgumentException("not an IP address: " + literal);
        };
    }

    /** Does nothing: it can be asked on. */
    @Override
    public void close() {}
}
