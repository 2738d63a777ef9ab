package org.mailwright.smtp.core.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Refuses content with octets beyond US-ASCII: what SMTP by itself does not carry (RFC 5321 §2.4). Content that is
 * known only when it is read is refused at its first such octet, which ends the connection.
 */
final class SevenBitOnly implements MailPreparer, NonBlocking {

    private static final Reply REFUSAL =
            Reply.of(554, "5.6.3", "The content is 8-bit, and no extension of this client carries that");

    @Override
    public OutgoingMail prepare(OutgoingMail mail, PeerView peer) throws SmtpException {
        return switch (mail.body().content()) {
            case SEVEN_BIT -> mail;
            case EIGHT_BIT -> throw new SmtpException(REFUSAL);
            case UNKNOWN -> mail.withBody(new Guarded(mail.body()));
        };
    }

    private record Guarded(Body body) implements Body {

        @Override
        public OptionalLong size() {
            return body.size();
        }

        @Override
        public boolean replayable() {
            return body.replayable();
        }

        @Override
        public InputStream open() throws IOException {
            return new Guard(body.open());
        }
    }

    private static final class Guard extends FilterInputStream {
        Guard(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int got = super.read(into, from, count);
            for (int i = from; i < from + got; i++) {
                if (into[i] < 0) {
                    throw new IOException(new SmtpException(REFUSAL));
                }
            }
            return got;
        }
    }
}
