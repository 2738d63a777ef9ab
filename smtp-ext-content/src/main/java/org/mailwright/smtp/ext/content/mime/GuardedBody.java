package org.mailwright.smtp.ext.content.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** A body that can be read once, and so not be looked through before: reading ends at the first octet that misfits. */
record GuardedBody(Body body, Conversion conversion) implements Body {

    private static final Reply REFUSAL =
            Reply.of(554, "5.6.3", "The content does not fit the next server, and can be read only once");

    @Override
    public OptionalLong size() {
        return body.size();
    }

    @Override
    public Content content() {
        return conversion.target().content();
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public InputStream open() throws IOException {
        return new Guard(new Octets(body.open(), conversion.target(), conversion.lines()));
    }

    private static final class Guard extends FilterInputStream {
        private final Octets octets;

        Guard(Octets octets) {
            super(octets);
            this.octets = octets;
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            return checked(super.read(into, from, count));
        }

        private int checked(int got) throws IOException {
            if (got < 0 ? octets.misfit() : octets.misfitSoFar()) {
                throw new IOException(new SmtpException(REFUSAL));
            }
            return got;
        }
    }
}
