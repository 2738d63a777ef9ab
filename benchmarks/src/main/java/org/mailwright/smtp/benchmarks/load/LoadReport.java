package org.mailwright.smtp.benchmarks.load;

import java.util.Locale;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;

/** The report of a run, for people and for programs. */
@SuppressWarnings("AnnotateFormatMethod") // every format is a literal in this file; not worth a dependency
final class LoadReport {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private LoadReport() {}

    /** A table with units. */
    static String text(LoadResult result) {
        LoadPlan plan = result.plan();
        Tally tally = result.tally();
        StringBuilder out = new StringBuilder();
        line(out, "server        %s, %s, TLS %s", plan.server(), plan.lmtp() ? "LMTP" : "SMTP", lower(plan.tls()));
        line(
                out,
                "load          %,d mails of %,d octets, %d recipient(s), %d sessions, %s, pipelining %s",
                plan.messages(),
                plan.size(),
                plan.recipients(),
                plan.sessions(),
                plan.keep() ? "many mails a connection" : "one mail a connection",
                plan.pipelining() ? "on" : "off");
        line(
                out,
                "accepted      %,d mails on %,d connections in %.3f s",
                tally.accepted,
                tally.connections,
                result.seconds());
        line(
                out,
                "rate          %,.0f mails/s, %,.1f MiB/s",
                result.messagesPerSecond(),
                result.messagesPerSecond() * plan.size() / (1 << 20));
        line(out, "generator     %.2f CPU-s, %.3f CPU-s per 1000 mails", result.cpuSeconds(), perThousand(result));
        if (tally.failed > 0 || result.unsent() > 0) {
            line(out, "FAILED        %,d mails, and %,d never begun", tally.failed, result.unsent());
        }
        tally.errors.forEach((name, count) -> line(out, "ERROR %,7d %s", count, name));
        line(out, "");
        line(out, "times in ms         p50        p90        p99      p99.9        max");
        times(out, "MAIL to 250", tally.mail);
        times(out, "dot to 250", tally.accept);
        times(out, "connect to 220", tally.greeting);
        return out.toString();
    }

    /** One JSON object; times in milliseconds. */
    static String json(LoadResult result) {
        LoadPlan plan = result.plan();
        Tally tally = result.tally();
        StringJoiner errors = new StringJoiner(",", "{", "}");
        tally.errors.forEach((name, count) -> errors.add(quote(name) + ":" + count));
        StringJoiner out = new StringJoiner(",", "{", "}\n");
        out.add("\"server\":" + quote(plan.server().toString()));
        out.add("\"tls\":" + quote(lower(plan.tls())));
        out.add("\"lmtp\":" + plan.lmtp());
        out.add("\"keep\":" + plan.keep());
        out.add("\"pipelining\":" + plan.pipelining());
        out.add("\"sessions\":" + plan.sessions());
        out.add("\"messages\":" + plan.messages());
        out.add("\"size\":" + plan.size());
        out.add("\"recipients\":" + plan.recipients());
        out.add("\"accepted\":" + tally.accepted);
        out.add("\"failed\":" + tally.failed);
        out.add("\"unsent\":" + result.unsent());
        out.add("\"connections\":" + tally.connections);
        out.add("\"errors\":" + errors);
        out.add(format("\"seconds\":%.6f", result.seconds()));
        out.add(format("\"messages_per_second\":%.3f", result.messagesPerSecond()));
        out.add(format("\"generator_cpu_per_1000\":%.6f", perThousand(result)));
        out.add("\"mail_ms\":" + percentiles(tally.mail));
        out.add("\"accept_ms\":" + percentiles(tally.accept));
        out.add("\"greeting_ms\":" + percentiles(tally.greeting));
        return out.toString();
    }

    private static double perThousand(LoadResult result) {
        return result.cpuSeconds() * 1000 / Math.max(1, result.tally().accepted);
    }

    private static void times(StringBuilder out, String name, Histogram times) {
        StringBuilder row = new StringBuilder(format("%-14s", name));
        for (double percentile : PERCENTILES) {
            row.append(format(" %10.3f", times.getValueAtPercentile(percentile) / 1e3));
        }
        line(out, "%s", row);
    }

    private static String percentiles(Histogram times) {
        StringJoiner out = new StringJoiner(",", "{", "}");
        for (double percentile : PERCENTILES) {
            String key = percentile == 100 ? "max" : "p" + (percentile == 99.9 ? "99.9" : (int) percentile);
            out.add(format("\"%s\":%.3f", key, times.getValueAtPercentile(percentile) / 1e3));
        }
        return out.toString();
    }

    private static String lower(TlsMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }

    private static void line(StringBuilder out, String format, Object... arguments) {
        out.append(format(format, arguments)).append('\n');
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
