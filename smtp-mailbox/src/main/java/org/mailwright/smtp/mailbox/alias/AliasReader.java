package org.mailwright.smtp.mailbox.alias;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.LocalPart;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.mailbox.LocalMailbox;

/** Makes a table of a file, line by line. */
final class AliasReader {
    /** Most octets of a file. */
    static final int MOST_OCTETS = 16 * 1024 * 1024;

    /** Most members of one entry. */
    static final int MOST_MEMBERS = 1000;

    private static final int MOST_RENAMINGS = 5;
    private static final String DISCARD = ":discard:";
    private static final String OWNER = "owner-";

    private final Path file;
    private final Map<LocalMailbox, Entry> names = new HashMap<>();
    private final Map<Host, Entry> domains = new HashMap<>();
    private int line;
    private @Nullable Entry open;

    AliasReader(Path file) {
        this.file = file;
    }

    /** What stands before a colon, and what was read behind it. */
    private static final class Entry {
        private final String name;
        private final Host host;
        private final boolean wholeDomain;
        private final int line;
        private final List<Mailbox> members = new ArrayList<>();
        private Optional<Domain> newName = Optional.empty();
        private boolean discards;

        private Entry(String name, Host host, boolean wholeDomain, int line) {
            this.name = name;
            this.host = host;
            this.wholeDomain = wholeDomain;
            this.line = line;
        }

        private boolean isEmpty() {
            return members.isEmpty() && newName.isEmpty() && !discards;
        }
    }

    AliasTable read(String text) throws AliasFileException {
        try {
            for (String row : text.split("\\R", -1)) {
                line++;
                String bare = row.strip();
                if (bare.isEmpty() || bare.startsWith("#")) {
                    continue;
                }
                if (Character.isWhitespace(row.charAt(0))) {
                    targets(continued(), bare);
                } else {
                    finish();
                    int colon = AddressText.indexOf(':', bare, 0);
                    if (colon == bare.length()) {
                        throw expected("an address and a colon, such as sales@example.org: alice", bare);
                    }
                    Entry entry = entry(bare.substring(0, colon).strip());
                    open = entry;
                    targets(entry, bare.substring(colon + 1));
                }
            }
            finish();
        } catch (IllegalArgumentException e) {
            throw new AliasFileException(file, line, String.valueOf(e.getMessage()));
        }
        return table();
    }

    private Entry continued() {
        if (open == null) {
            throw new IllegalArgumentException("expected an entry before a line that begins with a space");
        }
        return open;
    }

    private static IllegalArgumentException expected(String what, String found) {
        return new IllegalArgumentException("expected " + what + ", found " + AddressText.shown(found));
    }

    private Entry entry(String name) {
        Entry entry;
        Entry before;
        if (name.startsWith("@")) {
            entry = new Entry(name, AddressText.domain(name), true, line);
            before = domains.putIfAbsent(entry.host, entry);
        } else {
            if (AddressText.indexOf('@', name, 0) == name.length()) {
                throw expected("a full address before the colon, such as sales@example.org or @example.org", name);
            }
            Mailbox address = AddressText.mailbox(name, Domain.parse("invalid"));
            entry = new Entry(address.toString(), address.host(), false, line);
            before = names.putIfAbsent(LocalMailbox.of(address), entry);
        }
        if (before != null) {
            throw new IllegalArgumentException("expected each address once, found " + AddressText.shown(name)
                    + " again, which line " + before.line + " has");
        }
        return entry;
    }

    private static void targets(Entry entry, String text) {
        AddressText.items(text).forEach(target -> target(entry, target));
    }

    private static void target(Entry entry, String target) {
        if (entry.newName.isPresent()) {
            throw expected("nothing beside the new name of a domain", target);
        }
        if (target.equals(DISCARD)) {
            entry.discards = true;
        } else if (target.startsWith("@")) {
            if (!entry.wholeDomain || !entry.isEmpty()) {
                throw expected("@domain alone, behind another @domain", target);
            }
            entry.newName = Optional.of(AddressText.domain(target));
        } else {
            if (entry.members.size() >= MOST_MEMBERS) {
                throw expected("at most " + MOST_MEMBERS + " addresses for one name", target);
            }
            entry.members.add(AddressText.mailbox(target, entry.host));
        }
    }

    private void finish() {
        if (open != null && open.isEmpty()) {
            line = open.line;
            throw new IllegalArgumentException("expected an address or " + DISCARD + " behind the colon");
        }
    }

    private AliasTable table() throws AliasFileException {
        Map<LocalMailbox, Alias> aliases = new HashMap<>();
        names.forEach(
                (name, entry) -> aliases.put(name, new Alias(entry.name, entry.members, owner(entry), entry.line)));
        Map<Host, Alias> catchAlls = new HashMap<>();
        Map<Host, Domain> renamed = new HashMap<>();
        domains.forEach((host, entry) -> entry.newName.ifPresentOrElse(
                name -> renamed.put(host, name),
                () -> catchAlls.put(host, new Alias(entry.name, entry.members, Optional.empty(), entry.line))));
        for (Host host : renamed.keySet()) {
            refuseCircle(host, renamed);
        }
        return new AliasTable(aliases, catchAlls, renamed);
    }

    private Optional<Mailbox> owner(Entry list) {
        try {
            Mailbox address = Mailbox.parse(list.name);
            Mailbox owner = new Mailbox(LocalPart.of(OWNER + address.localPart().content()), address.host());
            return names.containsKey(LocalMailbox.of(owner)) ? Optional.of(owner) : Optional.empty();
        } catch (AddressSyntaxException e) {
            return Optional.empty(); // no room for such a name, so nobody can have it
        }
    }

    private void refuseCircle(Host first, Map<Host, Domain> renamed) throws AliasFileException {
        Host host = first;
        for (int step = 0; step <= MOST_RENAMINGS; step++) {
            Domain next = renamed.get(host);
            if (next == null) {
                return;
            }
            host = next;
        }
        Entry entry = domains.get(first);
        throw new AliasFileException(
                file,
                entry == null ? 0 : entry.line,
                "expected a domain that leads to its last name in " + MOST_RENAMINGS
                        + " steps, found a circle or more");
    }
}
