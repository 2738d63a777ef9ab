package org.mailwright.smtp.mailbox;

import java.text.Normalizer;
import java.util.Locale;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.Mailbox;

/**
 * One local user's mailbox, named by user and domain.
 *
 * <p>Both parts are normalised on construction (Unicode NFC, lower case), so that two spellings of one address are one
 * mailbox. RFC 5321 §2.4 leaves the case of a local part to the host that it belongs to; this one ignores it.
 *
 * @param user the local part without quotes, never with a detail
 * @param domain the domain
 * @since 0.1.0
 */
public record LocalMailbox(String user, String domain) {

    /** A mailbox; both parts are normalised. */
    public LocalMailbox {
        user = normalise(user);
        domain = normalise(domain);
    }

    /** The mailbox that an address names, with the detail, if there is one. */
    public static LocalMailbox of(Mailbox address) {
        return new LocalMailbox(address.localPart().content(), domainName(address.host()));
    }

    /** The one name for all writings of a host. */
    static String domainName(Host host) {
        return normalise(host instanceof Domain domain ? domain.canonical() : host.toString());
    }

    private static String normalise(String part) {
        return Normalizer.normalize(
                Normalizer.normalize(part, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /**
     * The mailbox of the same domain without the detail of a sub-address (RFC 5233): {@code user+detail} is
     * {@code user}.
     *
     * @param separator what separates user and detail; an empty one means that there are no details
     * @return this mailbox when there is no detail, or when nothing would be left before it
     */
    public LocalMailbox withoutDetail(String separator) {
        int at = separator.isEmpty() ? -1 : user.indexOf(separator);
        return at <= 0 ? this : new LocalMailbox(user.substring(0, at), domain);
    }

    @Override
    public String toString() {
        return user + '@' + domain;
    }
}
