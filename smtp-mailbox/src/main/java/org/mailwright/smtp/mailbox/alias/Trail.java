package org.mailwright.smtp.mailbox.alias;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.mailbox.LocalMailbox;

/**
 * How an address was reached.
 *
 * @param aliases those passed, the last one last
 * @param forwarders the users whose forwards were passed
 * @param owner of the innermost list that has one
 * @param instead the mailbox of the last of the forwarders
 * @param last what led to the address itself; other names of domains do not count
 * @param depth steps of all kinds
 */
record Trail(
        List<Alias> aliases,
        List<LocalMailbox> forwarders,
        Optional<Mailbox> owner,
        Optional<Leaf.Here> instead,
        Last last,
        int depth) {

    static final Trail START = new Trail(List.of(), List.of(), Optional.empty(), Optional.empty(), Last.NOTHING, 0);

    enum Last {
        /** The sender named it. */
        NOTHING,
        ALIAS,
        FORWARD
    }

    Trail through(Alias alias) {
        return new Trail(
                Stream.concat(aliases.stream(), Stream.of(alias)).toList(),
                forwarders,
                alias.owner().or(() -> owner),
                instead,
                Last.ALIAS,
                depth + 1);
    }

    Trail forwarded(Leaf.Here by) {
        return new Trail(
                aliases,
                Stream.concat(forwarders.stream(), Stream.of(by.mailbox())).toList(),
                owner,
                Optional.of(by),
                Last.FORWARD,
                depth + 1);
    }

    Trail renamed() {
        return new Trail(aliases, forwarders, owner, instead, last, depth + 1);
    }

    boolean passed(Alias alias) {
        return aliases.stream().anyMatch(alias::is);
    }

    /** Whether the address is a member of that alias: an alias that yields itself is the mailbox itself. */
    boolean comesFrom(Alias alias) {
        return last == Last.ALIAS && aliases.getLast().is(alias);
    }
}
