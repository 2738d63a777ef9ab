package org.mailwright.smtp.ext.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;

/** Names in certificates, compared by the rules of RFC 9525: subject alternative names only, never the common name. */
final class ServerIdentity {

    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9._-]{1,253}");
    private static final int SAN_DNS = 2;
    private static final int SAN_IP = 7;
    private static final int MOST_NAMES_SHOWN = 5;
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern UNSHOWABLE = Pattern.compile("[^A-Za-z0-9.*_:-]");

    private ServerIdentity() {}

    /**
     * A host name in the form that is compared: A-labels, lower case, no final dot; an address without the brackets of
     * RFC 5321 §4.1.3.
     */
    static String canonical(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.startsWith("[") && name.endsWith("]")) {
            String literal = name.substring(1, name.length() - 1);
            return literal.regionMatches(true, 0, "IPv6:", 0, 5) ? literal.substring(5) : literal;
        }
        if (isAddress(name)) {
            return name;
        }
        try {
            // not by java.net.IDN, which makes another name of some: strasse of straße
            return Domain.parse(name).canonical();
        } catch (AddressSyntaxException e) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    /** The name that the client of a handshake or a session has asked for, in canonical form. */
    static Optional<String> requested(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        return requestedNames(extended).stream()
                .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
                .map(name -> canonical(new String(name.getEncoded(), StandardCharsets.UTF_8)))
                .filter(name -> HOST_NAME.matcher(name).matches())
                .findFirst();
    }

    private static List<SNIServerName> requestedNames(ExtendedSSLSession session) {
        try {
            return session.getRequestedServerNames();
        } catch (UnsupportedOperationException e) {
            // BCJSSE, once the handshake is over
            return List.of();
        }
    }

    static boolean isAddress(String host) {
        return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    }

    /** Whether the certificate is for this host, a name or an IP address in canonical form. */
    static boolean matches(X509Certificate certificate, String host) {
        if (isAddress(host)) {
            Optional<InetAddress> wanted = address(host);
            return wanted.isPresent()
                    && alternativeNames(certificate, SAN_IP).stream()
                            .anyMatch(name -> address(name).equals(wanted));
        }
        return alternativeNames(certificate, SAN_DNS).stream().anyMatch(name -> matchesDns(name, host));
    }

    /** RFC 9525 §6.3: a wildcard is a whole left-most label and stands for exactly one. */
    static boolean matchesDns(String presented, String host) {
        if (!presented.startsWith("*.")) {
            return presented.equals(host);
        }
        int dot = host.indexOf('.');
        String parent = presented.substring(2);
        return dot > 0 && parent.indexOf('.') > 0 && host.substring(dot + 1).equals(parent);
    }

    /**
     * The DNS names of our own certificate, by which SNI chooses it. Only here a certificate without alternative names
     * is known by its common name: a wrong choice does no harm, as the client judges.
     */
    static Set<String> namesForSelection(X509Certificate certificate) {
        Set<String> names = alternativeNames(certificate, SAN_DNS);
        if (!names.isEmpty()) {
            return names;
        }
        return commonName(certificate).map(Set::of).orElse(Set.of());
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            X500Name subject =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            RDN[] common = subject.getRDNs(BCStyle.CN);
            return common.length == 0
                    ? Optional.empty()
                    : Optional.of(canonical(
                            IETFUtils.valueToString(common[0].getFirst().getValue())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a name in a broken encoding is nobody's
        }
    }

    /** For messages: the first names, with nothing in them that could harm a log. */
    static String describe(X509Certificate certificate) {
        List<String> names = new ArrayList<>(alternativeNames(certificate, SAN_DNS));
        names.addAll(alternativeNames(certificate, SAN_IP));
        if (names.isEmpty()) {
            return "no host at all";
        }
        List<String> shown = names.stream()
                .limit(MOST_NAMES_SHOWN)
                .map(name -> UNSHOWABLE.matcher(name).replaceAll("?"))
                .toList();
        return String.join(", ", shown) + (names.size() > shown.size() ? " and others" : "");
    }

    private static Set<String> alternativeNames(X509Certificate certificate, int type) {
        Set<String> names = new LinkedHashSet<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> name : all) {
                    if (name.get(0).equals(type) && name.get(1) instanceof String text) {
                        names.add(text.toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // names that cannot be read are no names
            return Set.of();
        }
        return names;
    }

    private static Optional<InetAddress> address(String literal) {
        if (!isAddress(literal)) {
            return Optional.empty();
        }
        try {
            // a literal: nothing is looked up
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
