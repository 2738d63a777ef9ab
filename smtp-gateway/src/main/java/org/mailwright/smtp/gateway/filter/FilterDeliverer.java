package org.mailwright.smtp.gateway.filter;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;

/**
 * Sends queued mail to a content filter, which gives it back to another listener: all recipients of a request in one
 * mail, each with a result of its own.
 *
 * @since 0.1.0
 */
public final class FilterDeliverer implements Deliverer {
    private final SmtpClient client;
    private final ServerAddress filter;
    private final BooleanSupplier reports;

    /** A deliverer to a filter that reports of nothing. */
    public FilterDeliverer(SmtpClient client, ServerAddress filter) {
        this(client, filter, () -> false);
    }

    /**
     * A deliverer.
     *
     * @param client closed with this
     * @param filter where the filter listens
     * @param reports tells whether the filter takes on what senders want to hear, as one that offers DSN does
     */
    public FilterDeliverer(SmtpClient client, ServerAddress filter, BooleanSupplier reports) {
        this.client = client;
        this.filter = filter;
        this.reports = reports;
    }

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        OutgoingMail mail = new OutgoingMail(
                request.reversePath(), request.recipients(), request.message().attributes(), request.content());
        MailResult result = client.send(filter, mail, request.stillOurs());
        return result.recipients().stream()
                .map(one -> new DeliveryResult(
                        FilterAnswer.outcome(one.outcome()),
                        reports.getAsBoolean() ? Action.PASSED_ON : Action.RELAYED,
                        Optional.of(filter.host())))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
