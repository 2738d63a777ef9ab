package org.mailwright.smtp.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.core.wire.Input;
import org.mailwright.smtp.core.wire.LineSplitter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The cost of one command line out of the octets of the wire. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LineSplitterBenchmark {

    private static final int LINES = 100;
    private static final int LIMIT = 512;

    /** Octets that come at a time: a whole group of commands, or pieces that cut lines in two. */
    @Param({"100000", "17"})
    private int piece;

    private byte[] octets = {};

    /** Makes the lines. */
    @Setup
    public void makeLines() {
        octets = "RCPT TO:<someone@example.test>\r\n".repeat(LINES).getBytes(StandardCharsets.US_ASCII);
    }

    /** One line. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void line(Blackhole out) {
        Input input = new Input();
        LineSplitter splitter = new LineSplitter(LIMIT);
        for (int from = 0; from < octets.length; from += piece) {
            input.add(octets, from, Math.min(piece, octets.length - from));
            Optional<LineSplitter.Line> line = splitter.next(input, LIMIT);
            while (line.isPresent()) {
                out.consume(line.get());
                line = splitter.next(input, LIMIT);
            }
            input.retain();
        }
    }
}
