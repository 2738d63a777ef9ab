package org.mailwright.smtp.ext.policy;

import java.io.IOException;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.NonBlocking;

/**
 * Tells which clients may send for whom (RFC 4405 §4.2). May block, unless it is {@link NonBlocking}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SubmitterPolicy {

    /**
     * Tells whether the client of a session may send mail for which somebody is responsible.
     *
     * @param submitter the address that the client named; its domain is the one to look at
     * @throws IOException when it cannot be found out: becomes 451 4.3.0
     */
    boolean allows(SessionView session, Mailbox submitter) throws IOException;

    /** Returns a policy that lets everybody send for everybody. */
    static SubmitterPolicy anybody() {
        return (SubmitterPolicy & NonBlocking) (session, submitter) -> true;
    }
}
