package org.mailwright.smtp.queue.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The names of the passages that reports are made of, and which places each may have. */
final class Passages {

    private static final Set<String> MAIL = Set.of("subject", "sender", "arrived", "hostname");
    private static final Set<String> RECIPIENT = with(MAIL, "recipient", "reply", "host", "tried");
    private static final Map<String, Set<String>> PLACES = places();

    private Passages() {}

    /** Returns the names of all passages, each with the places that it may have. */
    static Map<String, Set<String>> all() {
        return PLACES;
    }

    private static Map<String, Set<String>> places() {
        Map<String, Set<String>> places = new LinkedHashMap<>();
        for (String kind : new String[] {"failed", "delayed", "succeeded"}) {
            places.put(kind + ".subject", MAIL);
            places.put(kind + ".begin", MAIL);
            places.put(kind + ".end", MAIL);
        }
        places.put("failed.recipient", with(RECIPIENT, "reason", "advice"));
        places.put("delayed.recipient", with(RECIPIENT, "reason", "until"));
        places.put("succeeded.recipient", with(RECIPIENT, "reason"));
        for (Reason reason : Reason.values()) {
            places.put("reason." + reason.key(), RECIPIENT);
            places.put("advice." + reason.key(), RECIPIENT);
        }
        places.put("reason.delivered", RECIPIENT);
        places.put("reason.relayed", RECIPIENT);
        places.put("reason.passed-on", RECIPIENT);
        places.put("reason.expanded", RECIPIENT);
        places.put("given-up", RECIPIENT);
        places.put("more", Set.of("count"));
        places.put("no-subject", Set.of());
        places.put("gone", MAIL);
        places.put("failed.gone", MAIL);
        places.put("gone-subject", Set.of());
        places.put("minutes", Set.of("count"));
        places.put("hours", Set.of("count"));
        places.put("days", Set.of("count"));
        return Collections.unmodifiableMap(places);
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new LinkedHashSet<>(some);
        Collections.addAll(all, more);
        return Collections.unmodifiableSet(all);
    }
}
