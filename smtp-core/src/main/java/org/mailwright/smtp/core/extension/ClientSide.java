package org.mailwright.smtp.core.extension;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Takes what the client half of an {@link Extension} adds to one client: what it understands of the peer's offer, what
 * it says before the first mail, and what it adds to each mail.
 *
 * @since 0.1.0
 */
public interface ClientSide {

    /**
     * Reads a line of the peer's answer to EHLO or LHLO.
     *
     * @param keyword as registered; compared without regard to case
     * @param parse makes a value of the words behind the keyword; empty when they make no sense. Must not block
     * @param peer where the value is kept until the next EHLO; see {@link PeerView#get}
     */
    <T> ClientSide negotiate(String keyword, Function<List<String>, Optional<T>> parse, AttributeKey<T> peer);

    /**
     * Adds a parameter to MAIL wherever the mail has a value for it. Several extensions may share one, below the same
     * key, each for the values that its syntax takes.
     *
     * @param keyword what the peer must offer for it
     * @param policy what happens when the mail has a value and the peer does not offer the keyword
     */
    <T> ClientSide mailParameter(String keyword, Parameter<T> parameter, WhenMissing policy);

    /**
     * Adds a parameter to RCPT wherever the recipient has a value for it.
     *
     * @param keyword what the peer must offer for it
     * @param policy what happens when the recipient has a value and the peer does not offer the keyword
     */
    <T> ClientSide rcptParameter(String keyword, Parameter<T> parameter, WhenMissing policy);

    /**
     * Adds a dialogue between EHLO and the first mail.
     *
     * @param phase when
     * @param order within the phase, ascending
     * @param step may block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}
     */
    ClientSide step(ClientPhase phase, int order, ClientStep step);

    /**
     * Adds something that looks at each mail before it is sent: adds values, changes the body, or refuses.
     *
     * @param order ascending
     * @param preparer may block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}
     */
    ClientSide preparer(int order, MailPreparer preparer);

    /**
     * Says lines in front of the MAIL of each mail. What they are answered changes nothing, but for 421.
     *
     * @param keyword what the peer must offer for it
     * @param lines makes them; none: nothing is said. Must not block
     */
    ClientSide prelude(String keyword, BiFunction<OutgoingMail, PeerView, List<ClientLine>> lines);

    /**
     * Adds a way to put the content of a mail on the wire. DATA is always there, with preference 0.
     *
     * @param keyword what the peer must offer for it
     * @param preference the highest that is willing is taken
     */
    ClientSide bodyWriter(String keyword, int preference, BodyWriter writer);

    /**
     * Lets a server answer a content once for each recipient that it accepted, and then once for all: a reply that says
     * so comes first. Where the last one is a refusal, it is one for every recipient.
     *
     * @param keyword what the peer must offer for it
     * @param announced tells whether a reply to the content of a mail is such a first one, a 3xx. Must not block
     */
    ClientSide contentAnswer(String keyword, BiPredicate<OutgoingMail, Reply> announced);

    /**
     * Says that this extension sees to content with octets beyond US-ASCII, by its preparer: declares it to a peer that
     * takes it, and converts or refuses it for any other. A client of which no extension says so refuses such content
     * with 554 5.6.3 to all peers, for SMTP by itself carries US-ASCII only (RFC 5321 §2.4).
     */
    ClientSide seesToEightBit();

    /** Adds an observer, which only watches. */
    ClientSide observer(ClientObserver observer);
}
