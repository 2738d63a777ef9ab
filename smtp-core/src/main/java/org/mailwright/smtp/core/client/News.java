package org.mailwright.smtp.core.client;

import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever owns a connection what became of it and of its mails; what that throws must not end the connection. */
final class News {

    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    private final String id;
    private final ArrayDeque<Runnable> later = new ArrayDeque<>(2);

    News(String id) {
        this.id = id;
    }

    /** Tells now. */
    void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.error("{} The owner of the connection failed", id, e);
        }
    }

    /** Tells when the connection has gone on, so that whoever waits for this finds it ready for more. */
    void tellLater(Runnable what) {
        later.add(what);
    }

    /** Tells what was put off. */
    void tellAll() {
        for (Runnable what = later.poll(); what != null; what = later.poll()) {
            tell(what);
        }
    }
}
