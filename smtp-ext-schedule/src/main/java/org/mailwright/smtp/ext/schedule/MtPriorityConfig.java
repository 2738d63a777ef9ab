package org.mailwright.smtp.ext.schedule;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration of MT-PRIORITY.
 *
 * @param policy the name of the policy by which priorities are assigned, as IANA knows it: "MIXER", "STANAG4406",
 *     "NSEP"; empty for none
 * @param strangers the highest priority that a client may ask for that has not proved who it is, -9 to 9
 * @param users the highest priority that an authenticated client may ask for, -9 to 9
 * @param least the lowest priority that is served now, -9 to 9; more than -9 in an emergency only
 * @param sizes from a priority on, how many octets a mail may have; none: no bound
 * @param tunnel whether the priority goes to a peer without MT-PRIORITY as a header field (RFC 6758), and whether a
 *     client that says no priority in MAIL may say it in that field
 * @since 0.1.0
 */
public record MtPriorityConfig(
        Optional<String> policy, int strangers, int users, int least, Map<Integer, Long> sizes, boolean tunnel) {

    /** The lowest priority. */
    public static final int LOWEST = -9;

    /** The highest priority. */
    public static final int HIGHEST = 9;

    /** Strangers may be modest, users may ask for anything. */
    public static final MtPriorityConfig DEFAULT =
            new MtPriorityConfig(Optional.empty(), 0, HIGHEST, LOWEST, Map.of(), false);

    /** Checks the values. */
    public MtPriorityConfig {
        policy.filter(name -> !name.matches("[A-Za-z0-9._-]{1,20}")).ifPresent(name -> {
            throw new IllegalArgumentException(
                    "policy: expected up to 20 letters, digits, hyphens, underscores and dots, found " + name);
        });
        check("strangers", strangers);
        check("users", users);
        check("least", least);
        sizes.keySet().forEach(priority -> check("sizes", priority));
        sizes = Map.copyOf(sizes);
    }

    private static void check(String key, int priority) {
        if (priority < LOWEST || priority > HIGHEST) {
            throw new IllegalArgumentException(key + ": expected a priority from -9 to 9, found " + priority);
        }
    }

    /** Returns how many octets a mail of a priority may have. */
    long most(int priority) {
        NavigableMap<Integer, Long> sorted = new TreeMap<>(sizes);
        Map.Entry<Integer, Long> bound = sorted.floorEntry(priority);
        return bound == null ? Long.MAX_VALUE : bound.getValue();
    }
}
