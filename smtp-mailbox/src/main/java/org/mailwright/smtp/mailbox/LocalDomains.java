package org.mailwright.smtp.mailbox;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;

/**
 * The domains whose mail ends here.
 *
 * @since 0.1.0
 */
public final class LocalDomains {
    /** What stands for every domain. */
    public static final String ALL = "*";

    private final Set<Host> domains;
    private final boolean all;

    private LocalDomains(Set<Host> domains, boolean all) {
        this.domains = domains;
        this.all = all;
    }

    /**
     * These domains.
     *
     * @param names domains; {@value #ALL} for every domain
     * @throws AddressSyntaxException when one is no domain
     */
    public static LocalDomains of(List<String> names) {
        return new LocalDomains(
                names.stream()
                        .filter(name -> !name.equals(ALL))
                        .map(Domain::parse)
                        .collect(Collectors.toUnmodifiableSet()),
                names.contains(ALL));
    }

    /** Tells whether mail for that host ends here; address literals count only where every domain does. */
    public boolean contains(Host host) {
        return all || domains.contains(host);
    }
}
