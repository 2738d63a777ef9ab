package org.mailwright.smtp.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.core.wire.DotDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of the content of one mail of 64 KiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DotDecoderBenchmark {

    private static final int SIZE = 64 * 1024;

    /** Octets of a line: as most mails have them, short ones, and one that never ends. */
    @Param({"78", "8", "65536"})
    private int line;

    /** Octets that come at a time. */
    @Param({"4096", "65600"})
    private int piece;

    @Param({"false", "true"})
    private boolean repair;

    private byte[] octets = {};
    private long passed;

    /** Makes the mail, with one dot to take out in every tenth line. */
    @Setup
    public void makeMail() {
        String text = "x".repeat(Math.max(0, line - 2)) + "\r\n";
        StringBuilder mail = new StringBuilder(SIZE);
        for (int i = 0; mail.length() + text.length() <= SIZE; i++) {
            mail.append(i % 10 == 9 ? ".." + text.substring(2) : text);
        }
        octets = mail.append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** One mail; gives the octets that were passed on. */
    @Benchmark
    public long mail() {
        passed = 0;
        DotDecoder decoder = new DotDecoder(repair);
        for (int from = 0; from < octets.length; from += piece) {
            decoder.decode(
                    octets, from, Math.min(from + piece, octets.length), (array, at, length) -> passed += length);
        }
        if (!decoder.ended()) {
            throw new IllegalStateException("the end was not found");
        }
        return passed;
    }
}
