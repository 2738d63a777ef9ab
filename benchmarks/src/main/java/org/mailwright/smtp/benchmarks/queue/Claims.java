package org.mailwright.smtp.benchmarks.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.mailwright.smtp.queue.Delivery;
import org.mailwright.smtp.queue.DurableAttributes;
import org.mailwright.smtp.queue.LaneLease;
import org.mailwright.smtp.queue.MailQueue;
import org.mailwright.smtp.queue.sql.SqlMailQueue;
import org.mailwright.smtp.queue.sql.SqlQueueConfig;

/**
 * Claims lanes of a queue that no server has open, looks into each and gives it back, as a scheduler does for which all
 * is due at once; prints how long each step took. Arguments: the folder of the queue, how many lanes at a time, how
 * many times.
 */
final class Claims {

    /** As far ahead is its clock, so that whatever waits for its next attempt is due. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final int DELIVERIES = 20;

    private final Histogram claim = new Histogram(3);
    private final Histogram next = new Histogram(3);
    private final Histogram release = new Histogram(3);

    private interface Step<T> {
        T take() throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        int most = Integer.parseInt(arguments[1]);
        int times = Integer.parseInt(arguments[2]);
        InstantSource clock = () -> InstantSource.system().instant().plus(AHEAD);
        Claims claims = new Claims();
        int lanes = 0;
        try (MailQueue queue =
                SqlMailQueue.open(SqlQueueConfig.in(Path.of(arguments[0])), new DurableAttributes(List.of()), clock)) {
            for (int n = 0; n < times; n++) {
                lanes += claims.round(queue, most);
            }
        }
        System.out.println(String.format(Locale.ROOT, "%,d lanes, %d at a time", lanes, most));
        print("claim", claims.claim);
        print("next", claims.next);
        print("release", claims.release);
        if (lanes == 0) {
            System.err.println("no lane was due");
            System.exit(1);
        }
    }

    private int round(MailQueue queue, int most) throws IOException {
        List<LaneLease> leases = timed(claim, () -> queue.claim(most));
        for (LaneLease lease : leases) {
            List<Delivery> found = timed(next, () -> queue.next(lease, DELIVERIES, Set.of()));
            if (found.isEmpty()) {
                throw new IOException(lease.lane() + " was claimed, and has nothing due");
            }
            timed(release, () -> {
                queue.release(
                        lease, Optional.of(InstantSource.system().instant().plus(AHEAD.multipliedBy(2))));
                return lease;
            });
        }
        return leases.size();
    }

    private static <T> T timed(Histogram histogram, Step<T> step) throws IOException {
        long began = System.nanoTime();
        T result = step.take();
        histogram.recordValue((System.nanoTime() - began) / 1000);
        return result;
    }

    private static void print(String step, Histogram histogram) {
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %,d times, median %.2f ms, p99 %.2f ms, longest %.2f ms",
                step,
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / 1000.0,
                histogram.getValueAtPercentile(99) / 1000.0,
                histogram.getMaxValue() / 1000.0));
    }
}
