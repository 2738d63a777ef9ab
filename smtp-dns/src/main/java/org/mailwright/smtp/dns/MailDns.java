package org.mailwright.smtp.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * Look-ups in the DNS, as mail needs them. They block; names are A-labels without a final dot.
 *
 * @since 0.1.0
 */
public interface MailDns extends AutoCloseable {

    /**
     * Looks the mail exchangers of a domain up (RFC 5321 section 5.1), following aliases.
     *
     * @return in no certain order; empty when the domain is there and has none
     * @throws DnsException when there is no such domain, or when it cannot be found out now
     */
    List<MxRecord> mx(String domain) throws DnsException;

    /**
     * Looks the mail exchangers of a domain up as {@link #mx} does, and whether DNSSEC proves them. Who cannot know
     * says that it does not.
     */
    default MxAnswer provenMx(String domain) throws DnsException {
        return new MxAnswer(false, mx(domain));
    }

    /**
     * Looks the addresses of a host up, A and AAAA, following aliases.
     *
     * @return empty when the host is there and has none
     * @throws DnsException when there is no such host, or when it cannot be found out now: if one family can be found
     *     out and the other cannot, what is found is returned unless it is nothing
     */
    List<InetAddress> addresses(String host) throws DnsException;

    /** Looks the TXT records of a name up; each is joined from its strings, octets as ISO 8859-1. */
    List<String> txt(String name) throws DnsException;

    /** Looks the TLSA records of a name up (RFC 6698). */
    TlsaAnswer tlsa(String name) throws DnsException;

    /** Ends. */
    @Override
    void close();
}
