package org.mailwright.smtp.core.transport;

import org.jspecify.annotations.Nullable;

/** The events of a {@link MemoryTransport} that are due and have not been told. */
final class MemoryEvents {
    boolean opened;
    boolean stop;
    boolean expired;
    boolean writable;
    boolean wasCongested;
    boolean workDone;
    boolean suspended;
    boolean closing;
    boolean inputEnded;
    private boolean inputEndTold;

    /** The reason of the end, once it has come. */
    @Nullable
    String over;

    /** Whether the end was told. */
    boolean told;

    /** A reading of the clock, 0 for none. */
    long deadlineAt;

    /** When the clock of the deadline was stopped. */
    long pausedAt;

    void end(String why) {
        if (over == null) {
            over = why;
        }
    }

    boolean reading() {
        return !suspended && !closing && over == null && !opened;
    }

    /** Tells one event that does not depend on reading, if one is due. */
    boolean tell(Conversation target) {
        if (stop) {
            stop = false;
            target.stop();
            return true;
        }
        if (expired) {
            expired = false;
            target.expired();
            return true;
        }
        if (writable) {
            writable = false;
            target.writable();
            return true;
        }
        return false;
    }

    boolean tellInputClosed(Conversation target) {
        if (!inputEnded || inputEndTold) {
            return false;
        }
        inputEndTold = true;
        target.inputClosed();
        return true;
    }
}
