package org.mailwright.smtp.distribution.assembly;

import java.time.Instant;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Reporter;
import org.mailwright.smtp.queue.report.ReportRequests;

/** What senders asked of reports, laid over what is usual: each answer is the usual one, but for those it changes. */
interface RequestsOver extends ReportRequests {

    /** Whose answers are given where this has none of its own. */
    ReportRequests usual();

    @Override
    default boolean wants(Recipient recipient, Reporter.Kind kind) {
        return usual().wants(recipient, kind);
    }

    @Override
    default Optional<String> envelopeId(Message message) {
        return usual().envelopeId(message);
    }

    @Override
    default Optional<String> originalRecipient(Recipient recipient) {
        return usual().originalRecipient(recipient);
    }

    @Override
    default Optional<ForwardPath> acceptedFor(Recipient recipient) {
        return usual().acceptedFor(recipient);
    }

    @Override
    default Optional<Instant> deliverBy(Message message) {
        return usual().deliverBy(message);
    }

    @Override
    default Optional<Instant> late(Message message) {
        return usual().late(message);
    }

    @Override
    default boolean wantsRelays(Message message, Recipient recipient, DeliveryResult.Link link) {
        return usual().wantsRelays(message, recipient, link);
    }

    @Override
    default boolean returnsFull(Message message) {
        return usual().returnsFull(message);
    }

    @Override
    default Optional<String> futureRelease(Message message) {
        return usual().futureRelease(message);
    }

    @Override
    default Attributes carries(Message message) {
        return usual().carries(message);
    }

    @Override
    default Priority priority(Message message) {
        return usual().priority(message);
    }
}
