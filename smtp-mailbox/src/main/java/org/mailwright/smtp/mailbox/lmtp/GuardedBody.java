package org.mailwright.smtp.mailbox.lmtp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.mailwright.smtp.core.mail.Body;

/**
 * A content that fails at its end when the mail is no longer ours to deliver: the client ends the connection then, and
 * the final dot is never sent. It never says that it is in memory, for then nobody would be asked.
 */
final class GuardedBody implements Body {
    private final Body whole;
    private final BooleanSupplier stillOurs;

    GuardedBody(Body whole, BooleanSupplier stillOurs) {
        this.whole = whole;
        this.stillOurs = stillOurs;
    }

    @Override
    public OptionalLong size() {
        return whole.size();
    }

    @Override
    public Content content() {
        return whole.content();
    }

    @Override
    public boolean replayable() {
        return whole.replayable();
    }

    @Override
    public InputStream open() throws IOException {
        return new FilterInputStream(whole.open()) {
            @Override
            public int read() throws IOException {
                return checked(super.read());
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                return checked(super.read(octets, offset, length));
            }
        };
    }

    private int checked(int read) throws IOException {
        if (read < 0 && !stillOurs.getAsBoolean()) {
            throw new IOException("another server may be delivering the mail");
        }
        return read;
    }
}
