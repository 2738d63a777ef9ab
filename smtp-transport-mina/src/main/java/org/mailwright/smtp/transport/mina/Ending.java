package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How one connection ends: after what was written has left, at once, or because time is up. */
final class Ending {
    private final LoopSession session;
    private final LoopProcessor loop;
    private final LoopConfig config;
    private @Nullable TlsFilter tls;
    private @Nullable String why;
    private String lateWhy = "";
    private long lateAt;
    private long progressAt;
    private boolean ending;
    private boolean lingering;
    private boolean over;
    private boolean told;

    /** Whether MINA opened the session. */
    boolean begun;

    Ending(LoopSession session, LoopProcessor loop, LoopConfig config) {
        this.session = session;
        this.loop = loop;
        this.config = config;
        this.progressAt = loop.now();
    }

    void secure(TlsFilter filter) {
        tls = filter;
    }

    /** Notes the reason; the first one counts. */
    void because(String reason) {
        if (why == null) {
            why = reason;
        }
    }

    /** Whether nothing is read or written any more but what was written before. */
    boolean ending() {
        return ending;
    }

    boolean lingering() {
        return lingering;
    }

    void over() {
        over = true;
    }

    /** Returns the reason once the connection is gone. */
    @Nullable
    String reason() {
        String reason = why;
        return !over ? null : reason == null ? "the connection was closed" : reason;
    }

    boolean told() {
        return told;
    }

    void tell() {
        told = true;
    }

    /** Sets a deadline of the transport itself. */
    void deadline(long at, String reason) {
        lateAt = at;
        lateWhy = reason;
    }

    void progressed(long now) {
        progressAt = now;
    }

    /** Returns why the connection must be cut now, or null. */
    @Nullable
    String overdue(long now) {
        if (lateAt != 0 && now - lateAt >= 0) {
            lateAt = 0;
            return lateWhy;
        }
        if (session.getScheduledWriteBytes() == 0) {
            progressAt = now;
        }
        return now - progressAt > config.writeTimeout().toNanos() ? "the peer does not read" : null;
    }

    void abort() {
        because("");
        ending = true;
        session.closeNow();
    }

    void close() {
        if (ending) {
            return;
        }
        because("");
        ending = true;
        TlsFilter filter = tls;
        if (filter != null) {
            filter.closeOutbound();
        }
        checkFlushed();
    }

    void checkFlushed() {
        TlsFilter filter = tls;
        if (ending
                && !lingering
                && session.getScheduledWriteBytes() == 0
                && session.isEmpty(session)
                && session.getCurrentWriteRequest() == null
                && (filter == null || !filter.stepping())) {
            finish();
        }
    }

    /** Closes; when the peer has sent more, lets it see the last reply, which a reset would take away. */
    private void finish() {
        try {
            if (!session.isClosing() && loop.drain(session) > 0) {
                lingering = true;
                deadline(loop.now() + config.lingerTimeout().toNanos(), "");
                session.getChannel().shutdownOutput();
                if (session.isReadSuspended()) {
                    session.resumeRead();
                }
                return;
            }
        } catch (IOException e) {
            lingering = false;
        }
        session.closeNow();
    }
}
