package org.mailwright.smtp.client.builtin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.reply.SmtpException;

/** A body that refuses to be read past its first octet beyond US-ASCII. */
record SevenBitBody(Body body) implements Body {

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
                    throw new IOException(new SmtpException(EightBitMime.REFUSAL));
                }
            }
            return got;
        }
    }
}
