package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.time.InstantSource;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.mailbox.Addressees;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.MailboxRoom;
import org.mailwright.smtp.mailbox.alias.AliasAddressees;
import org.mailwright.smtp.mailbox.alias.AliasCheck;
import org.mailwright.smtp.mailbox.alias.AliasFile;
import org.mailwright.smtp.mailbox.alias.AliasLimits;
import org.mailwright.smtp.mailbox.alias.AliasRoom;
import org.mailwright.smtp.mailbox.alias.AliasTable;
import org.mailwright.smtp.mailbox.alias.Aliases;
import org.mailwright.smtp.mailbox.alias.ForwardFiles;
import org.mailwright.smtp.mailbox.alias.Forwards;
import org.mailwright.smtp.mailbox.alias.LocalRouter;
import org.mailwright.smtp.mailbox.alias.Redistribution;
import org.mailwright.smtp.mailbox.quota.QuotaKeeper;
import org.mailwright.smtp.queue.Router;

/** Who is addressed by which name: users, aliases and lists. */
record LocalNames(LocalRecipients recipients, Aliases aliases, Forwards forwards) {

    /** Opens the file of aliases; a server without a queue has none, for it sends nothing on. */
    static LocalNames open(ServerConfig config, LocalRecipients recipients, boolean queued) throws AssemblyException {
        if (!queued) {
            if (config.delivery().aliases().isPresent()) {
                throw new AssemblyException("aliases.file: expected a queue, for aliases need one, found \"none\"");
            }
            return new LocalNames(recipients, Aliases.of(AliasTable.EMPTY), Forwards.NONE);
        }
        try {
            Aliases aliases = config.delivery().aliases().isEmpty()
                    ? Aliases.of(AliasTable.EMPTY)
                    : AliasFile.open(config.delivery().aliases().get(), InstantSource.system());
            Forwards forwards =
                    config.delivery().forward().<Forwards>map(ForwardFiles::new).orElse(Forwards.NONE);
            return new LocalNames(recipients, aliases, forwards);
        } catch (IOException e) {
            throw new AssemblyException("aliases.file: " + e.getMessage(), e);
        }
    }

    /** Looks whether an alias leads in a circle: it stops no server, for the others hold. */
    void check(ServerConfig config) throws AssemblyException {
        if (config.delivery().aliases().isPresent()) {
            try {
                new AliasCheck(recipients, AliasLimits.DEFAULT)
                        .run(config.delivery().aliases().get());
            } catch (IOException e) {
                throw new AssemblyException("aliases.file: " + e.getMessage(), e);
            }
        }
    }

    Addressees addressees() {
        return AliasAddressees.of(aliases, recipients, forwards, AliasLimits.DEFAULT);
    }

    /** Room in the mailboxes; where nothing is bounded, nobody is asked. */
    MailboxRoom room(QuotaKeeper quotas) {
        return quotas.equals(QuotaKeeper.UNBOUNDED)
                ? MailboxRoom.ENOUGH
                : new AliasRoom(aliases, recipients, forwards, AliasLimits.DEFAULT, quotas);
    }

    Router router(OwnAddresses own, Redistribution terms, Router elsewhere) {
        return new LocalRouter(aliases, recipients, own, forwards, AliasLimits.DEFAULT, terms, elsewhere);
    }
}
