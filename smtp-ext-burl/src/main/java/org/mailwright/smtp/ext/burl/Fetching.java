package org.mailwright.smtp.ext.burl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** Fetches one piece of content, and hands it to the mail, which goes on after it unless it was the last. */
record Fetching(ImapUrl url, String user, ImapServer server, BurlConfig config, BodyReceiver mail, boolean last)
        implements BodyReceiver {

    private static final Reply WAITING = Reply.of(250, "2.5.0", "Waiting for additional BURL or BDAT commands");

    @Override
    public void write(ByteBuffer octets) {
        throw new IllegalStateException("no octets follow BURL");
    }

    @Override
    public List<Reply> end() throws SmtpException, IOException {
        ImapConversation.fetch(url, user, server, config, mail::write);
        return last ? mail.end() : List.of(WAITING);
    }

    @Override
    public void abort() {
        mail.abort();
    }

    /** A piece that is missing ends the mail (RFC 4468 §3.2). */
    @Override
    public List<Reply> refuse(Reply reply) {
        return mail.refuse(reply);
    }

    @Override
    public boolean mayBlock() {
        return true;
    }
}
