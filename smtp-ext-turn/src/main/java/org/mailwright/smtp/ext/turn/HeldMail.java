package org.mailwright.smtp.ext.turn;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.extension.RoleTaker;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Mail that is kept until a host fetches it by ATRN or TURN. May block, unless it is {@link NonBlocking}; many sessions
 * ask at the same time.
 *
 * @since 0.1.0
 */
public interface HeldMail {

    /**
     * Returns the domains whose mail a user may fetch; none for most users.
     *
     * @throws SmtpException to answer something else
     * @throws IOException when it cannot be known now: becomes 451 4.3.0
     */
    Set<Domain> domains(Identity user) throws SmtpException, IOException;

    /**
     * Looks whether mail waits.
     *
     * @param domains at least one, and only such as the user may fetch
     * @param session of the host that fetches it
     * @return who sends it when the connection is given to him, as a client that awaits the greeting; he need not be
     *     given it, so nothing is reserved yet. Empty: nothing waits
     * @throws SmtpException to answer something else
     * @throws IOException when it cannot be known now: becomes 451 4.3.0
     */
    Optional<RoleTaker> fetch(Set<Domain> domains, SessionView session) throws SmtpException, IOException;

    /** Returns one that keeps nothing for anybody. */
    static HeldMail none() {
        return new None();
    }

    /** Keeps nothing for anybody. */
    record None() implements HeldMail, NonBlocking {
        @Override
        public Set<Domain> domains(Identity user) {
            return Set.of();
        }

        @Override
        public Optional<RoleTaker> fetch(Set<Domain> domains, SessionView session) {
            return Optional.empty();
        }
    }
}
