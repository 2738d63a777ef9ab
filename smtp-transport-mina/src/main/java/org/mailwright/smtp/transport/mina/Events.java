package org.mailwright.smtp.transport.mina;

import org.mailwright.smtp.core.transport.Conversation;

/** The events of a connection that are due and have not been told. */
final class Events {
    boolean opened;
    boolean stop;
    boolean expired;
    boolean writable;
    boolean inputEnded;
    boolean workDone;

    /** Whether the end was asked for; that is told once. */
    boolean stopAsked;

    /** Whether the conversation failed: it hears of nothing but the end. */
    boolean broken;

    private long deadlineAt;
    private long pausedAt;
    private boolean paused;

    /** Sets the deadline, a reading of the clock; 0 for none. */
    void deadline(long at, long now) {
        expired = false;
        deadlineAt = at;
        pausedAt = now;
    }

    /** Stops the clock of the deadline. */
    void pause(long now) {
        paused = true;
        pausedAt = now;
    }

    void resume(long now) {
        paused = false;
        if (deadlineAt != 0) {
            deadlineAt += now - pausedAt;
        }
    }

    /** Tells whether the deadline has passed, once. */
    boolean passed(long now) {
        if (deadlineAt == 0 || paused || now - deadlineAt < 0) {
            return false;
        }
        deadlineAt = 0;
        expired = true;
        return true;
    }

    boolean any() {
        return opened || stop || expired || writable || inputEnded || broken;
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
}
