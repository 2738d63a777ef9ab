package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.Postmaster;

/**
 * Finds the mailbox that mail for a recipient goes to.
 *
 * <p>In this order: the address itself; the address without its detail; for {@code postmaster} of any local domain, and
 * for the bare {@code <Postmaster>}, the postmaster's mailbox, whether there is such a user or not, because mail for
 * the postmaster must never be refused (RFC 5321 §4.5.1).
 *
 * @param domains the domains whose mail ends here
 * @param users who has a mailbox
 * @param postmaster who gets the mail for the postmaster
 * @param detailSeparator what separates user and detail; empty: nothing does
 * @since 0.1.0
 */
public record LocalRecipients(
        LocalDomains domains, UserDirectory users, LocalMailbox postmaster, String detailSeparator) {
    private static final String POSTMASTER = "postmaster";

    /** Where mail for a recipient goes. */
    public sealed interface Destination {
        /** Into this mailbox. */
        record Found(LocalMailbox mailbox) implements Destination {}

        /** Nowhere: the domain is local, and there is no such user. */
        record Unknown() implements Destination {}

        /** Elsewhere: the domain is not local. */
        record Foreign() implements Destination {}
    }

    /**
     * Finds out. May block where the directory does.
     *
     * @param own tells which address literals name this host (RFC 1123 §5.2.17): mail for them is mail for the domain
     *     of the postmaster
     * @throws IOException when it cannot be found out now
     */
    public Destination find(ForwardPath path, Predicate<AddressLiteral> own) throws IOException {
        return switch (path) {
            case Postmaster bare -> new Destination.Found(postmaster);
            case Mailbox address -> {
                if (domains.contains(address.host())) {
                    yield findLocal(LocalMailbox.of(address));
                }
                boolean here = address.host() instanceof AddressLiteral literal && own.test(literal);
                yield here
                        ? findLocal(new LocalMailbox(address.localPart().content(), postmaster.domain()))
                        : new Destination.Foreign();
            }
        };
    }

    /** Finds out for a path without an address literal. */
    public Destination find(ForwardPath path) throws IOException {
        return find(path, literal -> false);
    }

    private Destination findLocal(LocalMailbox whole) throws IOException {
        if (users.has(whole)) {
            return new Destination.Found(whole);
        }
        LocalMailbox base = whole.withoutDetail(detailSeparator);
        if (!base.equals(whole) && users.has(base)) {
            return new Destination.Found(base);
        }
        return base.user().equals(POSTMASTER) ? new Destination.Found(postmaster) : new Destination.Unknown();
    }
}
