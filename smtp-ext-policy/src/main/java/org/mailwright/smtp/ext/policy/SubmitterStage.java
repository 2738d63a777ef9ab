package org.mailwright.smtp.ext.policy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** Holds the header of a mail against the address that its client named (RFC 4405 §4.2). */
final class SubmitterStage implements ContentStage {

    private static final Reply OTHER = Reply.of(550, "5.7.1", "Submitter does not match header.");
    private static final Reply NOBODY = Reply.of(554, "5.7.7", "Cannot verify submitter address.");

    private final Mailbox submitter;
    private final ResponsibleAddress responsible = new ResponsibleAddress();
    private boolean judged;

    SubmitterStage(Mailbox submitter) {
        this.submitter = submitter;
    }

    @Override
    public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
        if (!judged) {
            responsible.read(octets);
            if (responsible.ended()) {
                judge();
            }
        }
        next.write(octets);
    }

    @Override
    public void end(Next next) throws SmtpException {
        if (!judged) {
            judge();
        }
    }

    private void judge() throws SmtpException {
        judged = true;
        Optional<Mailbox> found = responsible.end();
        if (found.isEmpty()) {
            throw new SmtpException(NOBODY);
        }
        if (!found.get().equals(submitter)) {
            throw new SmtpException(OTHER);
        }
    }
}
