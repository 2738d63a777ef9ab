package org.mailwright.smtp.ext.tls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The keys of one load, in configured order; chooses among them by the name that a client asks for. */
record KeyRing(List<KeyEntry> entries) {

    KeyRing {
        entries = List.copyOf(entries);
    }

    /**
     * The first entry of the asked kind among those that bear the asked name: exactly, else by a wildcard, else the
     * first entry and those that share a name with it (say, its RSA twin).
     */
    OptionalInt choose(String kind, Optional<String> name) {
        return candidates(name).filter(i -> entries.get(i).suits(kind)).findFirst();
    }

    /** All entries of the asked kind. */
    IntStream ofKind(String kind) {
        return IntStream.range(0, entries.size()).filter(i -> entries.get(i).suits(kind));
    }

    private IntStream candidates(Optional<String> name) {
        if (name.isPresent()) {
            String host = name.get();
            List<Integer> exact = indexes(entry -> entry.isNamed(host));
            if (!exact.isEmpty()) {
                return exact.stream().mapToInt(Integer::intValue);
            }
            List<Integer> wild = indexes(entry -> entry.covers(host));
            if (!wild.isEmpty()) {
                return wild.stream().mapToInt(Integer::intValue);
            }
        }
        Set<String> defaults = entries.isEmpty() ? Set.of() : entries.get(0).names();
        return IntStream.range(0, entries.size())
                .filter(i ->
                        i == 0 || !Collections.disjoint(defaults, entries.get(i).names()));
    }

    private List<Integer> indexes(Predicate<KeyEntry> test) {
        List<Integer> found = new ArrayList<>();
        IntStream.range(0, entries.size())
                .filter(i -> test.test(entries.get(i)))
                .forEach(found::add);
        return found;
    }
}
