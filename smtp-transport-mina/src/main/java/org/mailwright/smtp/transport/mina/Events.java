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
