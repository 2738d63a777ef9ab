package org.mailwright.smtp.distribution.command;

import java.util.List;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.RecipientResult;

/** What became of a mail, as lines and as an exit status. */
final class Results {
    private Results() {}

    /** One line per recipient: the path and the reply that decided. */
    static List<String> lines(MailResult result) {
        return result.recipients().stream().map(Results::line).toList();
    }

    /** The line of one recipient. */
    static String line(RecipientResult one) {
        return one.recipient().path().path() + " " + one.outcome().reply();
    }

    /** 0: all accepted; 75: it may work later for some; 69: refused for good. */
    static int status(MailResult result) {
        if (result.isAccepted()) {
            return ExitStatus.OK;
        }
        boolean later = result.rejected().stream().map(RecipientResult::outcome).anyMatch(Results::mayWorkLater);
        return later ? ExitStatus.TEMPORARY : ExitStatus.UNAVAILABLE;
    }

    private static boolean mayWorkLater(Outcome outcome) {
        return !outcome.isPermanent();
    }
}
