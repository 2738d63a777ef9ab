package org.mailwright.smtp.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;

/**
 * What a client knows of its mails, compared with what the sink got: a 250 for each that was committed, and for no
 * other.
 */
final class MailLedger {

    private final ServerSetup setup;
    private boolean open;
    private boolean begun;
    private int recipients;
    private final StringBuilder chunks = new StringBuilder();
    private int taken;

    MailLedger(ServerSetup setup) {
        this.setup = setup;
    }

    /** Tells whether a transaction is open. */
    boolean open() {
        return open;
    }

    void begin(boolean accepted) {
        Check.that(!accepted || !open, "MAIL is accepted within a transaction");
        if (accepted) {
            forget();
            open = true;
        }
    }

    void recipient(boolean accepted) {
        Check.that(!accepted || open, "RCPT is accepted outside a transaction");
        Check.that(!accepted || !begun, "RCPT is accepted behind content");
        recipients += accepted ? 1 : 0;
    }

    void data() {
        Check.that(open && recipients > 0, "DATA is accepted without recipients");
    }

    void forget() {
        open = false;
        begun = false;
        recipients = 0;
        chunks.setLength(0);
    }

    /** Takes content up to its end, and the replies to it. */
    void content(String arrived, Supplier<Reply> replies, FuzzSink sink) {
        DotsTarget.Decoded decoded = DotsTarget.reference(arrived, setup.repair());
        chunks.append(decoded.content());
        List<Reply> said = replies(replies, finalReplies());
        if (decoded.bare() && !setup.repair()) {
            said.forEach(reply -> Check.that(reply.code() >= 400, "bare line ends are accepted"));
        }
        ended(said, !decoded.bare() || setup.repair(), sink);
    }

    /** Takes octets of BDAT, and the replies to them. */
    void chunk(String octets, boolean last, Supplier<Reply> replies, FuzzSink sink) {
        boolean wanted = open && recipients > 0;
        List<Reply> said = replies(replies, wanted && last ? finalReplies() : 1);
        if (!wanted) {
            Check.that(said.get(0).code() >= 400, "octets without a mail are accepted");
            return;
        }
        begun = true;
        chunks.append(octets);
        if (last) {
            ended(said, true, sink);
        } else if (!said.get(0).isPositive()) {
            forget();
        }
    }

    /** Checks that there is no mail at the sink that the client does not know of. */
    void checkAll(FuzzSink sink) {
        Check.same(taken, sink.taken().size(), "mails committed");
    }

    private int finalReplies() {
        return setup.role() == Role.LMTP ? recipients : 1;
    }

    private static List<Reply> replies(Supplier<Reply> replies, int count) {
        List<Reply> said = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            said.add(replies.get());
        }
        return said;
    }

    private void ended(List<Reply> said, boolean acceptable, FuzzSink sink) {
        boolean takes = setup.way() == FuzzSink.Way.TAKES;
        boolean some = setup.way() == FuzzSink.Way.TAKES_EVERY_OTHER;
        boolean positive = said.stream().anyMatch(Reply::isPositive);
        if (takes && acceptable && !setup.trace()) {
            Check.that(said.stream().allMatch(Reply::isPositive), "a good mail is refused: " + said);
        }
        if (positive || (some && acceptable && said.get(0).code() == 451)) {
            List<FuzzSink.Mail> mails = sink.taken();
            Check.that(mails.size() > taken, "a mail is accepted that was not committed");
            committed(mails.get(taken++));
        }
        forget();
    }

    private void committed(FuzzSink.Mail mail) {
        Check.same(recipients, mail.envelope().recipients().size(), "recipients committed");
        if (!setup.trace()) {
            Check.same(chunks.toString(), mail.content(), "content committed");
        } else {
            Check.that(mail.content().startsWith("Received: from "), "content without trace field");
            Check.that(mail.content().length() > chunks.length(), "content is missing");
            if (setup.role() != Role.SUBMISSION) {
                Check.that(mail.content().endsWith(chunks.toString()), "content is changed");
            }
        }
    }
}
