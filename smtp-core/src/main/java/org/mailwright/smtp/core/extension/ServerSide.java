package org.mailwright.smtp.core.extension;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.mail.Role;

/**
 * Takes what the server half of an {@link Extension} adds to one listener: the columns of the IANA registry of SMTP
 * service extensions, and the stages of a session at which it has a say.
 *
 * @since 0.1.0
 */
public interface ServerSide {

    /** Returns what the listener is for. */
    Role role();

    /** Returns the server's own name, as in its greeting. */
    String hostname();

    /** Returns how many recipients of one mail the listener takes. */
    int recipients();

    /** Tells whether bare CR and LF in content become CRLF; else such a mail is refused (550 5.6.11). */
    default boolean repairsLineEnds() {
        return false;
    }

    /**
     * Adds a line to the answer to EHLO and LHLO.
     *
     * @param keyword as registered
     * @param parameters what stands behind it; empty optional: not offered in this session now. Must not block
     */
    ServerSide keyword(String keyword, Function<SessionView, Optional<List<String>>> parameters);

    /** Adds a line without parameters to the answer to EHLO and LHLO. */
    default ServerSide keyword(String keyword) {
        return keyword(keyword, session -> Optional.of(List.of()));
    }

    /**
     * Adds a verb.
     *
     * @param spec when it is allowed
     * @param handler may block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}
     */
    ServerSide verb(VerbSpec spec, VerbHandler handler);

    /** Adds a parameter of MAIL, or values to one that another extension declares with the same key. */
    <T> ServerSide mailParameter(Parameter<T> parameter);

    /** Adds a parameter of RCPT, or values to one that another extension declares with the same key. */
    <T> ServerSide rcptParameter(Parameter<T> parameter);

    /**
     * Names a value that no parameter sets, but a gate or a handler, and that a queue is to keep. Those of parameters
     * need not be named.
     *
     * @param key of scope TRANSACTION or RECIPIENT, with a codec
     */
    default ServerSide durable(AttributeKey<?> key) {
        return this;
    }

    /**
     * Adds a gate, which decides.
     *
     * @param order gates of one stage are asked in ascending order; the first that does not pass ends it
     * @param gate may block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}
     */
    <T> ServerSide gate(Stage<T> stage, int order, Gate<? super T> gate);

    /** Adds an observer, which only watches. */
    ServerSide observer(Observer observer);

    /**
     * Adds a stage through which the content of every mail passes on its way to the sink.
     *
     * @param order ascending from the wire to the sink
     * @param factory may block, unless it is {@link org.mailwright.smtp.core.mail.NonBlocking}, and so its stages
     */
    ServerSide content(int order, ContentStage.Factory factory);

    /**
     * Adds a way to tell what came of a content for each recipient. The first that is for a mail is taken; without one
     * the client gets a single reply, and in LMTP one for each recipient in any case.
     */
    ServerSide contentAnswer(ContentAnswer answer);

    /**
     * Adds what clients say before they are greeted; where a listener begins with TLS, in front of that. One extension
     * of a listener can have one.
     */
    ServerSide preface(Preface preface);

    /** Lets replies carry their enhanced status codes (RFC 2034); without this call they are left out. */
    ServerSide enhancedStatusCodes();
}
