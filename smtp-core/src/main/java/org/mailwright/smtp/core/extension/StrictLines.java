package org.mailwright.smtp.core.extension;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.wire.DotEncoder;

/**
 * Sees to it that what came otherwise is lines as strict as those of DATA: only CRLF ends a line, and the last one is
 * ended. Else a server behind this one might take a part of the content for commands.
 */
final class StrictLines {

    private static final Reply BARE = Reply.of(550, "5.6.11", "Bare CR or LF in the content; lines end in CRLF");
    private static final byte[] CRLF = {'\r', '\n'};
    private static final int PIECE = 8192;

    private StrictLines() {}

    /** Refuses other line ends. */
    static ContentStage checked() {
        return new Checked();
    }

    /** Makes other line ends CRLF. */
    static ContentStage mended() {
        return new Mended();
    }

    private static final class Checked implements ContentStage {
        private int before = '\n';

        @Override
        public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
            int last = before;
            for (int i = octets.position(); i < octets.limit(); i++) {
                int octet = octets.get(i);
                if ((octet == '\n') != (last == '\r')) {
                    throw new SmtpException(BARE);
                }
                last = octet;
            }
            before = last;
            next.write(octets);
        }

        @Override
        public void end(Next next) throws SmtpException, IOException {
            if (before == '\r') {
                throw new SmtpException(BARE);
            }
            if (before != '\n') {
                next.write(ByteBuffer.wrap(CRLF.clone()));
            }
        }
    }

    private static final class Mended implements ContentStage {
        private final DotEncoder lines = new DotEncoder(false);

        @Override
        public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
            byte[] in = new byte[Math.min(PIECE, octets.remaining())];
            byte[] out = new byte[DotEncoder.worstCase(in.length)];
            while (octets.hasRemaining()) {
                int count = Math.min(in.length, octets.remaining());
                octets.get(in, 0, count);
                next.write(ByteBuffer.wrap(out, 0, lines.encode(in, 0, count, out, 0)));
            }
        }

        @Override
        public void end(Next next) throws SmtpException, IOException {
            byte[] out = new byte[5];
            next.write(ByteBuffer.wrap(out, 0, lines.end(out, 0)));
        }
    }
}
