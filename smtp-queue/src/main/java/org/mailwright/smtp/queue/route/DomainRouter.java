package org.mailwright.smtp.queue.route;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Router;

/**
 * Chooses the lane by the domain of the recipient: first a table, in which {@code example.org} is that domain and
 * {@code .example.org} all below it, the longest match first; then the router for what is delivered here; then a lane
 * for everything else. Mail without reverse-path is {@link Priority#BULK}.
 *
 * @since 0.1.0
 */
public final class DomainRouter implements Router {

    private final Map<String, LaneName> table;
    private final Function<Host, Optional<Router>> here;
    private final Router bare;
    private final Function<String, LaneName> elsewhere;

    /**
     * A router.
     *
     * @param table lanes by domain, in A-labels or U-labels
     * @param here the router for a host whose mail is delivered here; empty for others
     * @param bare for {@code <Postmaster>} without a domain
     * @param elsewhere the lane for any other domain, in A-labels and lower case, or for an address literal with its
     *     brackets
     */
    public DomainRouter(
            Map<String, LaneName> table,
            Function<Host, Optional<Router>> here,
            Router bare,
            Function<String, LaneName> elsewhere) {
        this.table =
                table.entrySet().stream().collect(Collectors.toMap(entry -> key(entry.getKey()), Map.Entry::getValue));
        this.here = here;
        this.bare = bare;
        this.elsewhere = elsewhere;
    }

    private static String key(String domain) {
        return domain.startsWith(".")
                ? "." + Domain.parse(domain.substring(1)).canonical()
                : domain.startsWith("[")
                        ? domain.toLowerCase(Locale.ROOT)
                        : Domain.parse(domain).canonical();
    }

    /** Returns a router that sends every recipient to one lane. */
    public static Router to(LaneName lane) {
        return (envelope, recipient) -> List.of(routeTo(envelope, recipient, lane));
    }

    @Override
    public List<Route> route(Envelope envelope, Recipient recipient) throws SmtpException, IOException {
        return switch (recipient.path()) {
            case Postmaster postmaster -> bare.route(envelope, recipient);
            case Mailbox mailbox -> route(envelope, recipient, mailbox.host());
        };
    }

    private List<Route> route(Envelope envelope, Recipient recipient, Host host) throws SmtpException, IOException {
        String name = switch (host) {
            case Domain domain -> domain.canonical();
            case AddressLiteral literal -> literal.toString().toLowerCase(Locale.ROOT);
        };
        Optional<LaneName> listed = listed(name);
        if (listed.isPresent()) {
            return List.of(routeTo(envelope, recipient, listed.get()));
        }
        Optional<Router> local = here.apply(host);
        return local.isPresent()
                ? local.get().route(envelope, recipient)
                : List.of(routeTo(envelope, recipient, elsewhere.apply(name)));
    }

    private Optional<LaneName> listed(String name) {
        LaneName found = table.get(name);
        int dot = name.indexOf('.');
        while (found == null && dot >= 0 && !name.startsWith("[")) {
            found = table.get(name.substring(dot));
            dot = name.indexOf('.', dot + 1);
        }
        return Optional.ofNullable(found);
    }

    private static Route routeTo(Envelope envelope, Recipient recipient, LaneName lane) {
        Priority priority = envelope.reversePath() instanceof NullPath ? Priority.BULK : Priority.NORMAL;
        return new Route(recipient, lane, Optional.empty(), priority);
    }
}
