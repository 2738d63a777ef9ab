package org.mailwright.smtp.relay;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailwright.smtp.dns.DnsException;
import org.mailwright.smtp.dns.MailDns;
import org.mailwright.smtp.dns.MxRecord;
import org.mailwright.smtp.dns.TlsaAnswer;

/** A DNS that knows what it was told. */
final class MapDns implements MailDns {

    private final Map<String, List<MxRecord>> exchangers = new ConcurrentHashMap<>();
    private final Map<String, List<InetAddress>> addresses = new ConcurrentHashMap<>();
    private final Map<String, DnsException.Kind> faults = new ConcurrentHashMap<>();

    MapDns mx(String domain, int preference, String host) {
        exchangers.computeIfAbsent(domain, key -> new ArrayList<>()).add(new MxRecord(preference, host));
        return this;
    }

    MapDns address(String host, String... literals) throws Exception {
        for (String literal : literals) {
            addresses.computeIfAbsent(host, key -> new ArrayList<>()).add(InetAddress.getByName(literal));
        }
        return this;
    }

    MapDns fault(String name, DnsException.Kind kind) {
        faults.put(name, kind);
        return this;
    }

    @Override
    public List<MxRecord> mx(String domain) throws DnsException {
        check(domain);
        return exchangers.getOrDefault(domain, List.of());
    }

    @Override
    public List<InetAddress> addresses(String host) throws DnsException {
        check(host);
        return addresses.getOrDefault(host, List.of());
    }

    private void check(String name) throws DnsException {
        if (faults.containsKey(name)) {
            throw new DnsException(faults.get(name), name);
        }
        if (!exchangers.containsKey(name) && !addresses.containsKey(name)) {
            throw new DnsException(DnsException.Kind.NO_SUCH_NAME, name);
        }
    }

    @Override
    public List<String> txt(String name) {
        return List.of();
    }

    @Override
    public TlsaAnswer tlsa(String name) {
        return new TlsaAnswer(false, List.of());
    }

    @Override
    public void close() {}
}
