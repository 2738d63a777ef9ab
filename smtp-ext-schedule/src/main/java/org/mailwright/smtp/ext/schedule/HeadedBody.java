package org.mailwright.smtp.ext.schedule;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.OptionalLong;
import org.mailwright.smtp.core.mail.Body;

/** A content with a header field of US-ASCII on top. */
final class HeadedBody implements Body {

    private final byte[] field;
    private final Body body;

    HeadedBody(byte[] field, Body body) {
        this.field = field;
        this.body = body;
    }

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
        return new SequenceInputStream(new ByteArrayInputStream(field), body.open());
    }
}
