package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailwright.smtp.core.mail.Body;

/** A body of which it is known now what octets it has. */
record KnownBody(Body body, Body.Content content) implements Body {

    @Override
    public Optional<MemoryBody> memory() {
        return body.memory();
    }

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
        return body.open();
    }
}
