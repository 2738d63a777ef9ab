package org.mailwright.smtp.core.extension;

import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * What a session does next. A handler never touches a socket: it returns one of these, and the core does the framing,
 * ordering, draining, TLS switch and reset.
 *
 * @since 0.1.0
 */
public sealed interface Step {

    /** Says something and waits for the next command. */
    record Say(Reply reply) implements Step {}

    /**
     * Says something and reads one line that is no command (AUTH).
     *
     * @param maxLine octets of the line with CRLF; a longer one gets 500 5.5.2 and ends the dialogue of the verb
     */
    record Ask(Reply prompt, LineHandler next, int maxLine) implements Step {}

    /** Says something (354) and reads lines up to CRLF.CRLF (DATA). */
    record Receive(Reply goAhead, BodyReceiver receiver) implements Step {}

    /**
     * Reads a number of octets without saying anything first (BDAT). They are always consumed, refused or not.
     *
     * @param count 0 or more
     */
    record Octets(long count, BodyReceiver receiver) implements Step {
        /** Checks the count. */
        public Octets {
            if (count < 0) {
                throw new IllegalArgumentException("count is " + count + ", less than 0 octets");
            }
        }
    }

    /** A step after which nothing is as before: what the client sent behind it is discarded. */
    sealed interface Switch extends Step {
        /** Returns what is said before the switch. */
        Reply goAhead();
    }

    /** Says something (220), forgets everything received and known, and switches to TLS (STARTTLS). */
    record UpgradeTls(Reply goAhead, TlsPolicy policy) implements Switch {}

    /** Says something and gives the connection away: client and server change places (TURN, ATRN). */
    record ReverseRoles(Reply goAhead, RoleTaker taker) implements Switch {}

    /** Says something and closes the connection. */
    record Close(Reply goodbye) implements Step {}

    /** Returns {@link Say}. */
    static Step say(Reply reply) {
        return new Say(reply);
    }
}
