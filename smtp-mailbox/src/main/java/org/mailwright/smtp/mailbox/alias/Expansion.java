package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the aliases and forwards of one recipient. Its work is bounded: nothing is followed twice. */
final class Expansion {
    private static final Logger LOG = LoggerFactory.getLogger(Expansion.class);

    private final AliasTable table;
    private final LocalNames names;
    private final Predicate<AddressLiteral> own;
    private final Forwards forwards;
    private final AliasLimits limits;
    private Map<Object, Leaf> leaves = new LinkedHashMap<>();
    private Set<Object> followed = new HashSet<>();

    private record Followed(String alias, Optional<String> detail) {}

    Expansion(
            AliasTable table, LocalNames names, Predicate<AddressLiteral> own, Forwards forwards, AliasLimits limits) {
        this.table = table;
        this.names = names;
        this.own = own;
        this.forwards = forwards;
        this.limits = limits;
    }

    /**
     * Follows a local address to its ends.
     *
     * @return a single {@link Leaf.Nobody} when there is no such user
     * @throws SmtpException 554 when an alias leads in a circle or too far
     */
    List<Leaf> of(Mailbox local) throws SmtpException, IOException {
        named(local, Trail.START);
        return List.copyOf(leaves.values());
    }

    /**
     * Follows an alias to its ends.
     *
     * @throws SmtpException 554 when it leads in a circle or too far
     */
    List<Leaf> of(Alias alias) throws SmtpException, IOException {
        members(alias, Optional.empty(), Trail.START);
        return List.copyOf(leaves.values());
    }

    private void address(Mailbox address, Trail trail) throws SmtpException, IOException {
        Optional<Mailbox> local = names.local(address, own);
        if (local.isPresent()) {
            named(local.get(), trail);
        } else {
            add(new Leaf.Elsewhere(address, trail.owner(), trail.instead()));
        }
    }

    private void named(Mailbox address, Trail trail) throws SmtpException, IOException {
        if (trail.depth() > limits.depth()) {
            throw SmtpException.of(554, "5.4.6", "The alias leads through too many others");
        }
        Optional<AliasTable.Match> match = table.find(address, names.separator());
        if (match.isPresent()) {
            Alias alias = match.get().alias();
            if (trail.comesFrom(alias)) {
                mailbox(address, trail);
            } else {
                members(alias, match.get().detail(), trail);
            }
            return;
        }
        Optional<Mailbox> renamed = table.renamed(address);
        if (renamed.isPresent()) {
            address(renamed.get(), trail.renamed());
        } else {
            mailbox(address, trail);
        }
    }

    private void members(Alias alias, Optional<String> detail, Trail trail) throws SmtpException, IOException {
        if (trail.passed(alias)) {
            throw SmtpException.of(554, "5.4.6", "The alias leads back to itself");
        }
        if (!followed.add(new Followed(alias.name(), detail))) {
            return;
        }
        boolean carries = detail.isPresent() && alias.members().size() == 1;
        Trail next = trail.through(alias);
        for (Mailbox member : alias.members()) {
            boolean local = carries && names.local(member, own).isPresent();
            address(local ? AliasTable.withDetail(member, names.separator(), detail.orElseThrow()) : member, next);
        }
    }

    private void mailbox(Mailbox address, Trail trail) throws SmtpException, IOException {
        Optional<LocalMailbox> found = names.mailbox(address);
        if (found.isPresent()) {
            Optional<Mailbox> postmaster = names.postmasterInstead(address, found.get());
            Optional<Alias> alias = postmaster.flatMap(
                    instead -> table.find(instead, names.separator()).map(AliasTable.Match::alias));
            if (alias.isPresent() && !trail.comesFrom(alias.get())) {
                members(alias.get(), Optional.empty(), trail);
            } else {
                user(found.get(), address, trail);
            }
            return;
        }
        Optional<Alias> catchAll = table.catchAll(address.host());
        if (catchAll.isPresent() && !trail.comesFrom(catchAll.get())) {
            members(catchAll.get(), Optional.empty(), trail);
            return;
        }
        if (trail.last() == Trail.Last.FORWARD) { // the mail stays with the user who forwards it there
            throw SmtpException.of(550, "5.1.1", "There is no such user here");
        }
        add(new Leaf.Nobody(address, trail.owner(), trail.instead()));
    }

    private void user(LocalMailbox user, Mailbox address, Trail trail) throws SmtpException, IOException {
        Leaf.Here here = new Leaf.Here(address, user, trail.owner());
        if (trail.forwarders().contains(user)) {
            add(here);
            return;
        }
        if (!followed.add(user)) {
            return;
        }
        Optional<List<Mailbox>> targets = forwards.of(user);
        if (targets.isEmpty()) {
            add(here);
            return;
        }
        Map<Object, Leaf> leavesBefore = new LinkedHashMap<>(leaves);
        Set<Object> followedBefore = new HashSet<>(followed);
        try {
            for (Mailbox target : targets.get()) {
                if (isOf(user, target)) {
                    add(here);
                } else {
                    address(target, trail.forwarded(here));
                }
            }
        } catch (SmtpException e) {
            LOG.warn("forward of {}: {}; the mail goes into the mailbox", user, e.reply());
            leaves = leavesBefore;
            followed = followedBefore;
            add(here);
        }
    }

    private boolean isOf(LocalMailbox user, Mailbox target) throws IOException {
        Optional<Mailbox> local = names.local(target, own);
        return local.isPresent() && names.mailbox(local.get()).equals(Optional.of(user));
    }

    private void add(Leaf leaf) throws SmtpException {
        if (leaves.putIfAbsent(leaf.place(), leaf) == null && leaves.size() > limits.recipients()) {
            throw SmtpException.of(554, "5.5.3", "The alias leads to too many recipients");
        }
    }
}
