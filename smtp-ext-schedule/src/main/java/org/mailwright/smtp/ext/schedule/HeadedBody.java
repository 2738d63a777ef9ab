package org.mailwright.smtp.ext.schedule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.reply.SmtpException;

/** A content with a header field of US-ASCII on top, which takes the place of all others of its name. */
final class HeadedBody implements Body {

    private final String name;
    private final byte[] field;
    private final Body body;

    HeadedBody(String name, byte[] field, Body body) {
        this.name = name;
        this.field = field;
        this.body = body;
    }

    /** Returns the size without regard to what is taken out: an estimate, and never too little. */
    @Override
    public OptionalLong size() {
        OptionalLong size = body.size();
        return size.isPresent() ? OptionalLong.of(size.getAsLong() + field.length) : size;
    }

    @Override
    public Content content() {
        return body.content();
    }

    @Override
    public boolean replayable() {
        return body.replayable();
    }

    @Override
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(field), new Rest(body.open(), new FieldRemover(name)));
    }

    /** What a stage leaves of a stream. */
    private static final class Rest extends InputStream {

        private final InputStream source;
        private final ContentStage stage;
        private final byte[] piece = new byte[8192];
        private ByteBuffer left = ByteBuffer.allocate(0);
        private boolean ended;

        Rest(InputStream source, ContentStage stage) {
            this.source = source;
            this.stage = stage;
        }

        @Override
        public int read() throws IOException {
            return filled() ? left.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!filled()) {
                return -1;
            }
            int count = Math.min(length, left.remaining());
            left.get(into, offset, count);
            return count;
        }

        private boolean filled() throws IOException {
            while (!left.hasRemaining() && !ended) {
                ByteArrayOutputStream passed = new ByteArrayOutputStream(piece.length);
                ContentStage.Next next = octets ->
                        passed.write(octets.array(), octets.arrayOffset() + octets.position(), octets.remaining());
                int count = source.read(piece);
                try {
                    if (count < 0) {
                        ended = true;
                        stage.end(next);
                    } else {
                        stage.write(ByteBuffer.wrap(piece, 0, count), next);
                    }
                } catch (SmtpException e) {
                    throw new IOException(e);
                }
                left = ByteBuffer.wrap(passed.toByteArray());
            }
            return left.hasRemaining();
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
