package org.mailwright.smtp.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.Limits;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.session.Timeouts;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.HelloCommands;
import org.mailwright.smtp.server.command.MailCommands;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.command.SessionCommands;

/**
 * What is tested: a listener of "mx.example.test" with the built-in commands and some extensions. It takes mail for
 * everyone, unless an extension says otherwise.
 *
 * @param profile what the listener is
 * @param extensions beside the built-in commands
 * @since 0.1.0
 */
public record TestService(ListenerProfile profile, List<Extension> extensions) {

    /** The server's own name. */
    public static final String HOSTNAME = "mx.example.test";

    /** Copies the list. */
    public TestService {
        extensions = List.copyOf(extensions);
    }

    /** Returns a listener of a role with default bounds; nobody needs to authenticate. */
    public static TestService of(Role role, Extension... extensions) {
        ListenerProfile open =
                new ListenerProfile("test", role, HOSTNAME, false, false, false, Limits.DEFAULT, Timeouts.DEFAULT);
        return new TestService(open, List.of(extensions));
    }

    /** Returns a listener for mail from anyone. */
    public static TestService mx(Extension... extensions) {
        return of(Role.MX, extensions);
    }

    /** Returns a copy with other bounds. */
    public TestService with(Limits limits) {
        return new TestService(profile.with(limits), extensions);
    }

    /** Returns a copy with other time-outs. */
    public TestService with(Timeouts timeouts) {
        return new TestService(profile.with(timeouts), extensions);
    }

    /** Returns the built-in commands and the extensions. */
    public List<Extension> all() {
        List<Extension> all = new ArrayList<>(List.of(
                new HelloCommands(),
                new MailCommands(),
                new SessionCommands(),
                new Pipelining(),
                new EnhancedStatusCodes()));
        all.addAll(extensions);
        return all;
    }

    /** Composes it; sessions and mails are called "T1", "T2" and so on. */
    public SmtpService into(MessageSink sink) {
        AtomicInteger next = new AtomicInteger();
        return new SmtpService(profile, all(), sink, () -> "T" + next.incrementAndGet());
    }
}
