package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.reply.SmtpException;

/** Where mail for an address ends, for RCPT as for the queue: what the one takes, the other must not refuse. */
record Ends(Aliases aliases, LocalNames names, Forwards forwards, AliasLimits limits) {

    /**
     * Follows an address by the aliases of this moment.
     *
     * @return empty when its domain is not local
     * @throws SmtpException 554 when an alias leads in a circle or too far
     */
    Optional<List<Leaf>> of(ForwardPath path, Predicate<AddressLiteral> own) throws SmtpException, IOException {
        AliasTable table = aliases.table();
        Optional<Mailbox> local = names.local(path, own);
        return local.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expansion(table, names, own, forwards, limits).of(local.get()));
    }
}
