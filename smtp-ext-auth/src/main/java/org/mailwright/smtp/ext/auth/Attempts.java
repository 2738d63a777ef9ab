package org.mailwright.smtp.ext.auth;

import java.net.SocketAddress;
import java.time.InstantSource;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** What becomes of failed attempts: they are held back, counted, and in the end no more are taken. */
final class Attempts {

    private static final Reply FAILED = Reply.of(535, "5.7.8", "Authentication credentials invalid");
    private static final Reply TOO_MANY = Reply.of(421, "4.7.0", "Too many failed attempts to log in");
    private static final Reply NOT_NOW = Reply.of(454, "4.7.0", "Too many failed attempts to log in, try again later");

    /** Survives STARTTLS, which must give no new attempts. */
    private static final AttributeKey<Integer> FAILURES = AttributeKey.of("auth-failures", Scope.CONNECTION);

    private final FailureLimits limits;
    private final FailureTable table;
    private final Pause pause;

    Attempts(FailureLimits limits, InstantSource clock, Pause pause) {
        this.limits = limits;
        this.table = new FailureTable(limits, clock);
        this.pause = pause;
    }

    /** Tells whether an address has failed too often. */
    boolean exhausted(SocketAddress client) {
        return table.exhausted(client);
    }

    /** Counts a failure outside a session, and holds its answer back. */
    void failed(SocketAddress client) {
        table.failed(client);
        pause.hold(limits.delayOf(1));
    }

    /** Refuses an address that has failed too often. */
    void admit(Session session) throws SmtpException {
        if (exhausted(session.remoteAddress())) {
            throw new SmtpException(NOT_NOW);
        }
    }

    /** Answers wrong credentials, the same whatever was wrong with them. */
    Step failed(Session session) {
        int failures = session.get(FAILURES).orElse(0) + 1;
        session.set(FAILURES, failures);
        table.failed(session.remoteAddress());
        pause.hold(limits.delayOf(failures));
        return failures >= limits.perConnection() ? new Step.Close(TOO_MANY) : Step.say(FAILED);
    }
}
