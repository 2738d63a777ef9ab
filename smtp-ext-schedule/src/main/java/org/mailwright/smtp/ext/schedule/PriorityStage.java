package org.mailwright.smtp.ext.schedule;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** Counts the octets of a mail whose priority allows only so many, and takes its field out. */
final class PriorityStage implements ContentStage {

    private static final Reply TOO_BIG = Reply.of(552, "5.7.16", "Message is too big for its priority");

    private final long most;
    private final FieldRemover remover;
    private long octets;

    PriorityStage(long most, FieldRemover remover) {
        this.most = most;
        this.remover = remover;
    }

    @Override
    public void write(ByteBuffer content, Next next) throws SmtpException, IOException {
        octets += content.remaining();
        if (octets > most) {
            throw new SmtpException(TOO_BIG);
        }
        remover.write(content, next);
    }

    @Override
    public void end(Next next) throws SmtpException, IOException {
        remover.end(next);
    }
}
