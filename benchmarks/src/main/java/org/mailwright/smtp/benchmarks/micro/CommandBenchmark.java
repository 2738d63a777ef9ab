package org.mailwright.smtp.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.address.Scan;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.reply.SmtpException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of reading one command line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CommandBenchmark {

    private static final int PATH = "FROM:".length();

    @Param({
        "MAIL FROM:<>",
        "MAIL FROM:<load@example.test>",
        "MAIL FROM:<someone.with.a.long.name@mail.department.example.test> SIZE=10240 BODY=8BITMIME RET=HDRS"
    })
    private String line = "";

    /** Verb and arguments. */
    @Benchmark
    public Command command() {
        return Command.parse(line);
    }

    /** Verb, path and parameters: all that MAIL reads. */
    @Benchmark
    public EsmtpParameters mail() throws SmtpException {
        Command command = Command.parse(line);
        return switch (ReversePath.scan(command.arguments(), PATH, false)) {
            case Scan.Found<ReversePath> found -> EsmtpParameters.parse(command.arguments(), found.end());
            case Scan.Refused<ReversePath> refused -> throw new IllegalStateException(refused.toString());
        };
    }
}
