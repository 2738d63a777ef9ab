package org.mailwright.smtp.core.session;

import java.util.Optional;
import java.util.function.Supplier;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what an author's code throws into a reply, and into a line in the log where nobody else would learn of it. */
final class Failures {

    static final Reply LOCAL_ERROR = Reply.of(451, "4.3.0", "Local error in processing");

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final String session;

    Failures(String session) {
        this.session = session;
    }

    /** Runs something whose failure changes nothing any more. */
    void logged(Runnable last) {
        try {
            last.run();
        } catch (RuntimeException | Error bug) {
            LOG.error("{} failed", session, bug);
        }
    }

    /** Returns what something gives; nothing when it fails. */
    <T> Optional<T> attempt(Supplier<T> source) {
        try {
            return Optional.of(source.get());
        } catch (RuntimeException | Error bug) {
            LOG.error("{} failed", session, bug);
            return Optional.empty();
        }
    }

    Reply reply(Throwable thrown) {
        if (thrown instanceof SmtpException refused) {
            if (refused.getCause() != null) {
                LOG.warn("{} answered {}", session, refused.reply(), refused.getCause());
            }
            return refused.reply();
        }
        LOG.error("{} failed", session, thrown);
        return LOCAL_ERROR;
    }
}
