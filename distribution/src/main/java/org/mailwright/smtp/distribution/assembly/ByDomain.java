package org.mailwright.smtp.distribution.assembly;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;

/** Delivers to the domain of each recipient, whatever the lane is called that they waited in. */
record ByDomain(Deliverer deliverer) implements Deliverer {

    private static final DeliveryResult NO_DOMAIN = DeliveryResult.local(
            new Outcome.Refused(Reply.of(553, "5.1.3", "The recipient has no domain"), Moment.PREPARE));

    @Override
    public List<DeliveryResult> deliver(DeliveryRequest request) throws InterruptedException {
        List<DeliveryResult> results =
                new ArrayList<>(Collections.nCopies(request.recipients().size(), NO_DOMAIN));
        for (Map.Entry<String, List<Integer>> domain : domains(request).entrySet()) {
            List<Recipient> recipients =
                    domain.getValue().stream().map(request.recipients()::get).toList();
            List<DeliveryResult> some = deliverer.deliver(new DeliveryRequest(
                    request.message(),
                    new LaneName(request.lane().pool(), domain.getKey()),
                    request.reversePath(),
                    recipients,
                    request.content(),
                    request.stillOurs()));
            for (int i = 0; i < some.size(); i++) {
                results.set(domain.getValue().get(i), some.get(i));
            }
        }
        return results;
    }

    private static Map<String, List<Integer>> domains(DeliveryRequest request) {
        Map<String, List<Integer>> domains = new LinkedHashMap<>();
        for (int i = 0; i < request.recipients().size(); i++) {
            int at = i;
            domain(request.recipients().get(i))
                    .ifPresent(domain -> domains.computeIfAbsent(domain, key -> new ArrayList<>())
                            .add(at));
        }
        return domains;
    }

    private static Optional<String> domain(Recipient recipient) {
        return switch (recipient.path()) {
            case Postmaster postmaster -> Optional.empty();
            case Mailbox mailbox ->
                Optional.of(
                        switch (mailbox.host()) {
                            case Domain domain -> domain.canonical();
                            case AddressLiteral literal -> literal.toString();
                        });
        };
    }
}
