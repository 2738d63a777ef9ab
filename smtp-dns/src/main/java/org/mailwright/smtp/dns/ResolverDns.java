package org.mailwright.smtp.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base16;

/**
 * A {@link MailDns} that asks name servers, by UDP and where an answer is cut by TCP, and remembers what they say.
 *
 * @since 0.1.0
 */
public final class ResolverDns implements MailDns {

    private static final int MOST_EXCHANGERS = 100;

    private final Resolver resolver;
    private final Cache cache;
    private final boolean trustAd;

    /**
     * Makes one.
     *
     * @throws IOException when a server cannot be used
     */
    public ResolverDns(DnsConfig config) throws IOException {
        List<Resolver> servers = new ArrayList<>();
        for (InetSocketAddress server : config.servers()) {
            servers.add(new SimpleResolver(server));
        }
        ExtendedResolver all = servers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(servers);
        all.setTimeout(config.timeout());
        all.setRetries(config.attempts());
        this.resolver = all;
        this.trustAd = config.trustAd();
        this.cache = new Cache(DClass.IN);
        int seconds = (int) config.longestTtl().toSeconds();
        cache.setMaxEntries(config.cacheEntries());
        cache.setMaxCache(seconds);
        cache.setMaxNCache(seconds);
    }

    @Override
    public List<MxRecord> mx(String domain) throws DnsException {
        return exchangers(List.of(look(domain, Type.MX)));
    }

    /** Asks each time: whether an answer is secure is not remembered. */
    @Override
    public MxAnswer provenMx(String domain) throws DnsException {
        if (!trustAd) {
            return new MxAnswer(false, mx(domain));
        }
        Message answer = ask(domain, Type.MX);
        return new MxAnswer(isSecure(answer), exchangers(answer.getSection(Section.ANSWER)));
    }

    private static List<MxRecord> exchangers(List<Record> records) {
        List<MxRecord> found = new ArrayList<>();
        for (Record record : records) {
            if (record instanceof MXRecord mx && found.size() < MOST_EXCHANGERS) {
                String target =
                        mx.getTarget().equals(Name.root) ? "" : mx.getTarget().toString(true);
                found.add(new MxRecord(mx.getPriority(), target.toLowerCase(Locale.ROOT)));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public List<InetAddress> addresses(String host) throws DnsException {
        List<InetAddress> found = new ArrayList<>();
        Optional<DnsException> failure = Optional.empty();
        for (int type : new int[] {Type.A, Type.AAAA}) {
            try {
                for (Record record : look(host, type)) {
                    if (record instanceof ARecord four) {
                        found.add(four.getAddress());
                    } else if (record instanceof AAAARecord six) {
                        found.add(six.getAddress());
                    }
                }
            } catch (DnsException e) {
                failure = Optional.of(e);
            }
        }
        if (found.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return List.copyOf(found);
    }

    @Override
    public List<String> txt(String name) throws DnsException {
        List<String> found = new ArrayList<>();
        for (Record record : look(name, Type.TXT)) {
            if (record instanceof TXTRecord txt) {
                StringBuilder text = new StringBuilder();
                txt.getStringsAsByteArrays()
                        .forEach(part -> text.append(new String(part, StandardCharsets.ISO_8859_1)));
                found.add(text.toString());
            }
        }
        return List.copyOf(found);
    }

    /** Asks each time: whether an answer is secure is not remembered. */
    @Override
    public TlsaAnswer tlsa(String name) throws DnsException {
        Message answer = ask(name, Type.TLSA);
        List<TlsaAnswer.Tlsa> found = new ArrayList<>();
        for (Record record : answer.getSection(Section.ANSWER)) {
            if (record instanceof TLSARecord tlsa) {
                found.add(new TlsaAnswer.Tlsa(
                        tlsa.getCertificateUsage(),
                        tlsa.getSelector(),
                        tlsa.getMatchingType(),
                        base16.toString(tlsa.getCertificateAssociationData())));
            }
        }
        return new TlsaAnswer(isSecure(answer), found);
    }

    private boolean isSecure(Message answer) {
        return trustAd && answer.getHeader().getFlag(Flags.AD);
    }

    /** Asks past what is remembered, and to be told whether the answer is secure (RFC 6840 section 5.7). */
    private Message ask(String name, int type) throws DnsException {
        Message question = Message.newQuery(Record.newRecord(parse(name), type, DClass.IN));
        question.getHeader().setFlag(Flags.AD);
        String asked = Type.string(type) + " of " + name + ": ";
        Message answer;
        try {
            answer = resolver.send(question);
        } catch (IOException e) {
            throw new DnsException(DnsException.Kind.TEMPORARY, asked + e.getMessage(), e);
        }
        return switch (answer.getRcode()) {
            case Rcode.NOERROR -> answer;
            case Rcode.NXDOMAIN -> throw new DnsException(DnsException.Kind.NO_SUCH_NAME, asked + "no such name");
            default -> throw new DnsException(DnsException.Kind.TEMPORARY, asked + Rcode.string(answer.getRcode()));
        };
    }

    private Record[] look(String name, int type) throws DnsException {
        Lookup lookup = new Lookup(parse(name), type, DClass.IN);
        lookup.setResolver(resolver);
        lookup.setCache(cache);
        lookup.setSearchPath(List.of());
        Record[] answers = lookup.run();
        String asked = Type.string(type) + " of " + name + ": ";
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL -> answers == null ? new Record[0] : answers;
            case Lookup.TYPE_NOT_FOUND -> new Record[0];
            case Lookup.HOST_NOT_FOUND ->
                throw new DnsException(DnsException.Kind.NO_SUCH_NAME, asked + "no such name");
            case Lookup.TRY_AGAIN ->
                throw new DnsException(DnsException.Kind.TEMPORARY, asked + lookup.getErrorString());
            default -> throw new DnsException(DnsException.Kind.BROKEN, asked + lookup.getErrorString());
        };
    }

    private static Name parse(String name) throws DnsException {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            throw new DnsException(DnsException.Kind.BROKEN, "not a name: " + name, e);
        }
    }

    @Override
    public void close() {
        cache.clearCache();
    }
}
