package org.mailwright.smtp.gateway.filter;

import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;

/** What is made of a filter's answer: that it does not let us in says nothing of the mail. */
final class FilterAnswer {
    private static final int CLOSING = 421;

    private FilterAnswer() {}

    /** Returns the outcome for the queue. */
    static Outcome outcome(Outcome said) {
        return switch (said) {
            case Outcome.Refused refused
            when ofTheHost(refused.moment()) -> new Outcome.Failed(broken(refused.reply()), refused.moment());
            case Outcome.Refused refused -> refused;
            case Outcome.Accepted accepted -> accepted;
            case Outcome.Failed failed -> failed;
            case Outcome.Unknown unknown -> unknown;
        };
    }

    /** Returns the reply for a client that waits for it. */
    static Reply reply(Outcome said) {
        return switch (outcome(said)) {
            case Outcome.Accepted accepted -> accepted.reply();
            // the filter's connection ends, and not the client's
            case Outcome.Refused refused when refused.reply().code() == CLOSING -> broken(refused.reply());
            case Outcome.Refused refused -> refused.reply();
            case Outcome.Failed failed -> broken(failed.reply());
            case Outcome.Unknown unknown -> broken(unknown.reply());
        };
    }

    private static boolean ofTheHost(Moment moment) {
        return switch (moment) {
            case CONNECT, HELLO, STEP -> true;
            case PREPARE, MAIL, RCPT, DATA, CONTENT -> false;
        };
    }

    private static Reply broken(Reply said) {
        return Reply.of(451, "4.3.0", "The content filter does not work: " + Reply.printable(said.toString()));
    }
}
