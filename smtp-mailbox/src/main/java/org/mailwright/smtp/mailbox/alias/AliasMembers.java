package org.mailwright.smtp.mailbox.alias;

import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.mailbox.LocalRecipients;

/**
 * Tells the members of aliases and lists, as EXPN does (RFC 5321 §3.5). Blocks where the aliases do.
 *
 * @since 0.1.0
 */
public final class AliasMembers {
    private final Aliases aliases;
    private final LocalNames names;

    /**
     * Members of aliases of local domains.
     *
     * @param recipients which domains are local, and how details are written
     */
    public AliasMembers(Aliases aliases, LocalRecipients recipients) {
        this.aliases = aliases;
        this.names = LocalNames.of(recipients);
    }

    /**
     * Returns the members of an alias, one step deep, in the order of the file.
     *
     * @return none when its mail is thrown away; empty when there is no alias of that name, be there a user, a
     *     catch-all or nobody
     */
    public Optional<List<Mailbox>> of(ForwardPath path) {
        AliasTable table = aliases.table();
        Optional<Mailbox> address = names.local(path, literal -> false);
        while (address.isPresent()) {
            Optional<AliasTable.Match> match = table.find(address.get(), names.separator());
            if (match.isPresent()) {
                return match.map(found -> found.alias().members());
            }
            address = table.renamed(address.get()).flatMap(renamed -> names.local(renamed, literal -> false));
        }
        return Optional.empty();
    }
}
