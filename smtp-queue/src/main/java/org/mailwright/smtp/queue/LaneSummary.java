package org.mailwright.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What waits in one lane.
 *
 * @param lane the lane
 * @param deliveries how many wait
 * @param held how many of them are held
 * @param deferred how many of them have been tried in vain
 * @param oldest when the oldest mail was accepted
 * @param ages how many are of each age: one number for each of {@link #AGES}, and one for those that are older
 * @param leased whether a node delivers it now
 * @param notBefore until when the lane rests, when its destination is out of order
 * @since 0.1.0
 */
public record LaneSummary(
        LaneName lane,
        long deliveries,
        long held,
        long deferred,
        Instant oldest,
        List<Long> ages,
        boolean leased,
        Optional<Instant> notBefore) {

    /** Upper bounds of the ages that are counted apart, as Postfix's {@code qshape} has them: 5 minutes, doubling. */
    public static final List<Duration> AGES = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(40),
            Duration.ofMinutes(80),
            Duration.ofMinutes(160),
            Duration.ofMinutes(320),
            Duration.ofMinutes(640),
            Duration.ofMinutes(1280));

    /** Copies the list. */
    public LaneSummary {
        ages = List.copyOf(ages);
        if (ages.size() != AGES.size() + 1) {
            throw new IllegalArgumentException("expected " + (AGES.size() + 1) + " ages, not " + ages.size());
        }
    }
}
