package org.mailwright.smtp.core.mail;

/**
 * Marks code that never waits: no disk, no network, no lock that is held for long, no heavy computation. It runs on the
 * I/O thread itself; everything else is moved to a virtual thread first. A lambda is marked by a cast:
 * {@code (Gate<Recipient> & NonBlocking) (session, recipient) -> Verdict.pass()}.
 *
 * @since 0.1.0
 */
public interface NonBlocking {

    /** Tells whether an object is not marked. */
    static boolean mayBlock(Object code) {
        return !(code instanceof NonBlocking);
    }
}
