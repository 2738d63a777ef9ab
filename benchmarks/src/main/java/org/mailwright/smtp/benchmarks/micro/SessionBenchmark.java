package org.mailwright.smtp.benchmarks.micro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.HelloCommands;
import org.mailwright.smtp.server.command.MailCommands;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.command.SessionCommands;
import org.mailwright.smtp.server.gate.LocalDomains;
import org.mailwright.smtp.server.gate.RelayGate;
import org.mailwright.smtp.server.trace.TraceFields;
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

/** The cost of a whole mail in the session engine, without a socket: what is left to gain beyond the transport. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SessionBenchmark {

    private static final int READ = 16 * 1024;
    private static final String LINE = "x".repeat(62) + "\r\n";

    /** Octets of the mail. */
    @Param({"1024", "10240", "1048576"})
    private int size;

    private final CountingTransport transport = new CountingTransport();
    private final SmtpService service = new SmtpService(
            ListenerProfile.of("mx", Role.MX, "mx.example.test"),
            List.of(
                    new HelloCommands(),
                    new MailCommands(),
                    new SessionCommands(),
                    new Pipelining(),
                    new EnhancedStatusCodes(),
                    new RelayGate(LocalDomains.any(), () -> false),
                    new TraceFields(Clock.systemUTC(), TraceFields.DEFAULT_HOPS)),
            new Discard(),
            this::nextId);
    private final byte[] mail = octets("MAIL FROM:<load@example.test>\r\n");
    private final byte[] recipient = octets("RCPT TO:<sink@example.test>\r\n");
    private final byte[] data = octets("DATA\r\n");
    private ServerSession session = new ServerSession(service);
    private byte[] content = {};
    private long ids;

    /** Opens the session and makes the mail. */
    @Setup
    public void open() {
        content = octets("Subject: load\r\n\r\n" + LINE.repeat(size / LINE.length()) + ".\r\n");
        session = new ServerSession(service);
        session.opened(transport);
        say(octets("EHLO load.example.test\r\n"));
    }

    /** One mail, a command at a time. */
    @Benchmark
    public long mail() {
        say(mail);
        say(recipient);
        say(data);
        for (int from = 0; from < content.length; from += READ) {
            session.received(content, from, Math.min(READ, content.length - from));
        }
        if (transport.first() != '2') {
            throw new IllegalStateException("the mail was refused");
        }
        return transport.octets();
    }

    private void say(byte[] line) {
        int before = transport.writes();
        session.received(line, 0, line.length);
        if (transport.writes() != before + 1 || transport.first() > '3') {
            throw new IllegalStateException(
                    "no single positive reply to " + new String(line, StandardCharsets.US_ASCII));
        }
    }

    private String nextId() {
        return Long.toString(ids++, Character.MAX_RADIX);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Discard implements MessageSink, NonBlocking {

        private static final Reply TAKEN = Reply.of(250, "2.6.0", "Discarded");

        @Override
        public Intake open(Envelope envelope) {
            return new Intake() {
                @Override
                public void write(ByteBuffer part) {
                    part.position(part.limit());
                }

                @Override
                public Acceptance commit() {
                    return Acceptance.all(envelope, TAKEN);
                }

                @Override
                public void abort() {}
            };
        }
    }
}
