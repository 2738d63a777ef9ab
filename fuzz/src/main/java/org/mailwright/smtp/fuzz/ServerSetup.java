package org.mailwright.smtp.fuzz;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.session.Timeouts;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.HelloCommands;
import org.mailwright.smtp.server.command.MailCommands;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.command.SessionCommands;
import org.mailwright.smtp.server.trace.SubmissionFields;
import org.mailwright.smtp.server.trace.TraceFields;

/**
 * Which server a script talks to: chosen by the bits of its first two octets.
 *
 * @param more makes further extensions for each session
 */
record ServerSetup(Script script, Supplier<List<Extension>> more) {

    /** Octets of a script that are settings. */
    static final int SETTINGS = 2;

    /** Refused commands that are forgiven. */
    static final int ERRORS = 8;

    /** Octets of a line beyond the longest. */
    static final int FLOOD = 1024;

    /** Octets collected for a blocking sink. */
    static final int BUFFER = 4096;

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final int ROOM = 700;
    private static final List<FuzzSink.Way> WAYS = List.of(FuzzSink.Way.values());

    boolean blockingSink() {
        return script.flag(0, 0);
    }

    boolean blockingExtension() {
        return script.flag(0, 1);
    }

    Role role() {
        return switch (script.setting(0) >> 2 & 3) {
            case 1 -> Role.LMTP;
            case 2 -> Role.SUBMISSION;
            default -> Role.MX;
        };
    }

    boolean repair() {
        return script.flag(0, 4);
    }

    boolean quiet() {
        return script.flag(0, 5);
    }

    boolean trace() {
        return script.flag(0, 6);
    }

    boolean enhanced() {
        return script.flag(0, 7);
    }

    FuzzSink.Way way() {
        return WAYS.get(script.setting(1) & 7);
    }

    boolean implicitTls() {
        return script.flag(1, 3);
    }

    boolean requireTls() {
        return script.flag(1, 4);
    }

    MemoryTransport.Options transport() {
        MemoryTransport.Options options = MemoryTransport.Options.DEFAULTS.withOffloadOnRequest();
        return script.flag(1, 5) ? options.withWriteLimit(ROOM) : options;
    }

    FuzzSink sink() {
        return blockingSink() ? new FuzzSink(way()) : new FuzzSink.Quick(way());
    }

    SmtpService service(FuzzSink sink) {
        Limits limits = new Limits(Limits.DEFAULT.line(), 100, ERRORS, 30, FLOOD, BUFFER, repair());
        Timeouts times = new Timeouts(
                quiet() ? Duration.ofSeconds(3) : Duration.ZERO,
                Duration.ofMinutes(5),
                Duration.ofMinutes(3),
                100,
                Duration.ofMinutes(10));
        ListenerProfile profile = new ListenerProfile(
                "fuzz",
                role(),
                "mx.example.test",
                implicitTls(),
                requireTls(),
                role() == Role.SUBMISSION,
                limits,
                times);
        List<Extension> extensions = new ArrayList<>(List.of(
                new HelloCommands(),
                new MailCommands(),
                new SessionCommands(),
                new Pipelining(),
                new FuzzExtension(blockingExtension())));
        extensions.addAll(more.get());
        if (enhanced()) {
            extensions.add(new EnhancedStatusCodes());
        }
        if (trace()) {
            extensions.add(new TraceFields(CLOCK, 3));
            extensions.add(new SubmissionFields(CLOCK));
        }
        AtomicInteger ids = new AtomicInteger();
        return new SmtpService(profile, extensions, sink, () -> "id" + ids.incrementAndGet());
    }
}
