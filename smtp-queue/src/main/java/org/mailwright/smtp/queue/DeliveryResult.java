package org.mailwright.smtp.queue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Outcome;

/**
 * What became of a {@link DeliveryRequest} for one recipient.
 *
 * @param outcome an accepted one is a promise: the mail is stored or handed on. A refusal with 5xx is final; anything
 *     else is tried again. When all outcomes of a request are failures before the mail began ({@code CONNECT},
 *     {@code HELLO}, {@code STEP}), the destination is out of order and its lane backs off
 * @param action what acceptance means
 * @param remoteMta name of the host that said it, if one did
 * @param link how that host was spoken to
 * @since 0.1.0
 */
public record DeliveryResult(Outcome outcome, Action action, Optional<String> remoteMta, Link link) {

    /**
     * What is known of the connection to another host.
     *
     * @param tls the protocol that it was encrypted by, such as {@code TLSv1.3}, or {@code none}; empty when nobody
     *     knows
     * @param deliversByTime whether the host has promised to deliver by a time (DELIVERBY, RFC 2852)
     */
    public record Link(Optional<String> tls, boolean deliversByTime) {
        /** Nothing is known, or there was none. */
        public static final Link UNKNOWN = new Link(Optional.empty(), false);
        /** A connection in clear. */
        public static final Link CLEAR = new Link(Optional.of("none"), false);
    }

    /** A result of which it is not known how the host was spoken to. */
    public DeliveryResult(Outcome outcome, Action action, Optional<String> remoteMta) {
        this(outcome, action, remoteMta, Link.UNKNOWN);
    }

    /** What happened to a mail that was accepted, in the words of RFC 3464 section 2.3.3. */
    public enum Action {
        /** It is in the recipient's mailbox. */
        DELIVERED,
        /** It was handed to a host that sends no reports of success. */
        RELAYED,
        /** It was handed to a host that answers for such reports itself. */
        PASSED_ON,
        /** It was sent on to more than one address. */
        EXPANDED
    }

    /** Returns a result by this host. */
    public static DeliveryResult local(Outcome outcome) {
        return new DeliveryResult(outcome, Action.DELIVERED, Optional.empty());
    }

    /** Returns the same result for each recipient of a request. */
    public static List<DeliveryResult> all(DeliveryRequest request, DeliveryResult result) {
        return Collections.nCopies(request.recipients().size(), result);
    }
}
