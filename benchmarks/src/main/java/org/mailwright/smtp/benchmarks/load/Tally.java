package org.mailwright.smtp.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one thread of a run counted; merged into one when the run is over. Times are kept in microseconds. */
final class Tally {

    private static final long LONGEST = 3_600_000_000L;
    private static final int DIGITS = 3;

    final Histogram mail = new Histogram(LONGEST, DIGITS);
    final Histogram accept = new Histogram(LONGEST, DIGITS);
    final Histogram greeting = new Histogram(LONGEST, DIGITS);
    final Map<String, Long> errors = new TreeMap<>();
    long accepted;
    long failed;
    long connections;

    void error(String name) {
        errors.merge(name, 1L, Long::sum);
    }

    static void record(Histogram times, long nanos) {
        times.recordValue(Math.min(LONGEST, Math.max(0, nanos / 1000)));
    }

    void add(Tally other) {
        mail.add(other.mail);
        accept.add(other.accept);
        greeting.add(other.greeting);
        other.errors.forEach((name, count) -> errors.merge(name, count, Long::sum));
        accepted += other.accepted;
        failed += other.failed;
        connections += other.connections;
    }
}
