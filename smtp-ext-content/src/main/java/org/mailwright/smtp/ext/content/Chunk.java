package org.mailwright.smtp.ext.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** Hands the octets of one chunk to the mail, which goes on after it. */
record Chunk(BodyReceiver mail, long octets) implements BodyReceiver {

    @Override
    public void write(ByteBuffer content) throws SmtpException, IOException {
        mail.write(content);
    }

    @Override
    public List<Reply> end() {
        return List.of(Reply.of(250, "2.0.0", octets + " octets received"));
    }

    @Override
    public void abort() {
        mail.abort();
    }

    /** Ends the mail; in LMTP, too, a chunk that is not the last has one reply (RFC 2033 §4.3). */
    @Override
    public List<Reply> refuse(Reply reply) {
        mail.refuse(reply);
        return List.of(reply);
    }

    @Override
    public boolean mayBlock() {
        return mail.mayBlock();
    }
}
