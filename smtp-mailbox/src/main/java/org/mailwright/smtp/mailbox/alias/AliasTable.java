package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.LocalPart;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.mailbox.LocalMailbox;

/**
 * Aliases, lists, catch-alls and domains that are another name of others, as one file gave them: immutable, and whole
 * in memory. The form of the file is described in the package page.
 *
 * @since 0.1.0
 */
public final class AliasTable {
    /** A table without aliases. */
    public static final AliasTable EMPTY = new AliasTable(Map.of(), Map.of(), Map.of());

    private final Map<LocalMailbox, Alias> names;
    private final Map<Host, Alias> catchAlls;
    private final Map<Host, Domain> renamed;

    AliasTable(Map<LocalMailbox, Alias> names, Map<Host, Alias> catchAlls, Map<Host, Domain> renamed) {
        this.names = Map.copyOf(names);
        this.catchAlls = Map.copyOf(catchAlls);
        this.renamed = Map.copyOf(renamed);
    }

    /**
     * Reads a table.
     *
     * @throws AliasFileException when it is wrong; nothing of it counts then
     * @throws IOException when it cannot be read
     */
    public static AliasTable read(Path file) throws IOException {
        return new AliasReader(file).read(TextFile.read(file, AliasReader.MOST_OCTETS));
    }

    /** Returns the aliases and catch-alls, in no order. */
    Stream<Alias> all() {
        return Stream.concat(names.values().stream(), catchAlls.values().stream());
    }

    /** Returns how many entries it has. */
    public int size() {
        return names.size() + catchAlls.size() + renamed.size();
    }

    /**
     * Returns the domains that have an entry, to compare with the local ones: for a domain that is not local no mail is
     * taken, whatever the table says.
     */
    public Set<Host> domains() {
        Set<Host> domains = new HashSet<>(catchAlls.keySet());
        domains.addAll(renamed.keySet());
        names.keySet().forEach(name -> domains.add(Host.parse(name.domain())));
        return Set.copyOf(domains);
    }

    /**
     * An alias for an address.
     *
     * @param detail what the address has behind the name of the alias
     */
    record Match(Alias alias, Optional<String> detail) {}

    /** Returns the alias of an address, or else that of the address without its detail. */
    Optional<Match> find(Mailbox address, String separator) {
        LocalMailbox whole = LocalMailbox.of(address);
        Alias exact = names.get(whole);
        if (exact != null) {
            return Optional.of(new Match(exact, Optional.empty()));
        }
        LocalMailbox base = whole.withoutDetail(separator);
        if (base.equals(whole)) {
            return Optional.empty();
        }
        return Optional.ofNullable(names.get(base)).map(alias -> new Match(alias, detail(address, separator)));
    }

    private static Optional<String> detail(Mailbox address, String separator) {
        String content = address.localPart().content();
        int at = content.indexOf(separator);
        return at > 0 ? Optional.of(content.substring(at + separator.length())) : Optional.empty();
    }

    /** Returns the same name in the domain that this one is another name of; empty also when it is too long there. */
    Optional<Mailbox> renamed(Mailbox address) {
        return Optional.ofNullable(renamed.get(address.host())).flatMap(domain -> in(domain, address.localPart()));
    }

    /** Returns the address of a name in a domain, unless it is too long for one. */
    static Optional<Mailbox> in(Host domain, LocalPart name) {
        try {
            return Optional.of(new Mailbox(name, domain));
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Returns who gets what is for nobody else in a domain. */
    Optional<Alias> catchAll(Host domain) {
        return Optional.ofNullable(catchAlls.get(domain));
    }

    /** Returns an address with a detail, or as it is when it has one or there is no room. */
    static Mailbox withDetail(Mailbox address, String separator, String detail) {
        String content = address.localPart().content();
        if (separator.isEmpty() || content.contains(separator)) {
            return address;
        }
        try {
            return new Mailbox(LocalPart.of(content + separator + detail), address.host());
        } catch (AddressSyntaxException e) {
            return address;
        }
    }
}
