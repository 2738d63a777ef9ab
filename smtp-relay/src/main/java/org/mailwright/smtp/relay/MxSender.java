package org.mailwright.smtp.relay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.RecipientResult;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.DeliveryResult;

/**
 * Sends mail from end to end: straight to the recipients' hosts, without a queue. What fails is for the caller to try
 * again.
 *
 * <pre>{@code
 * MxSender sender = new MxSender(client, resolver, config, domain -> TlsLevel.OPPORTUNISTIC);
 * MailResult result = sender.send(mail);
 * result.rejected().forEach(System.out::println);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class MxSender {

    private static final Reply NO_HOST = Reply.of(553, "5.1.3", "The recipient has no domain");
    private static final Reply BROKEN = Reply.of(451, "4.3.0", "The attempt failed");

    private final RelayClient client;
    private final MxResolver resolver;
    private final RelayConfig config;
    private final Function<String, TlsLevel> levels;

    /**
     * Makes one.
     *
     * @param levels the level of TLS for a domain or host, in lower case
     */
    public MxSender(RelayClient client, MxResolver resolver, RelayConfig config, Function<String, TlsLevel> levels) {
        this.client = client;
        this.resolver = resolver;
        this.config = config;
        this.levels = levels;
    }

    /**
     * Sends a mail, to all domains at the same time, and waits for what becomes of it. With recipients in more than one
     * domain, the content must be replayable.
     *
     * @return one result for each recipient, in order
     * @throws InterruptedException when the thread was interrupted; parts that are not whole are given up
     */
    public MailResult send(OutgoingMail mail) throws InterruptedException {
        Map<String, List<Recipient>> domains = new LinkedHashMap<>();
        for (Recipient one : mail.recipients()) {
            domains.computeIfAbsent(destination(one), key -> new ArrayList<>()).add(one);
        }
        if (domains.size() > 1 && !mail.body().replayable()) {
            throw new IllegalArgumentException("content for more than one domain must be replayable");
        }
        Map<String, List<Outcome>> outcomes = new ConcurrentHashMap<>();
        AtomicBoolean wanted = new AtomicBoolean(true);
        CountDownLatch busy = new CountDownLatch(domains.size());
        domains.forEach((domain, to) -> Thread.startVirtualThread(() -> {
            try {
                outcomes.put(domain, part(domain, mail.withRecipients(to), wanted));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                busy.countDown();
            }
        }));
        try {
            busy.await();
        } catch (InterruptedException e) {
            wanted.set(false);
            throw e;
        }
        Map<String, Integer> next = new LinkedHashMap<>();
        return new MailResult(mail.recipients().stream()
                .map(one -> {
                    String domain = destination(one);
                    int at = next.merge(domain, 1, Integer::sum) - 1;
                    List<Outcome> known = outcomes.getOrDefault(domain, List.of());
                    return new RecipientResult(
                            one, at < known.size() ? known.get(at) : new Outcome.Failed(BROKEN, Moment.CONNECT));
                })
                .toList());
    }

    private List<Outcome> part(String destination, OutgoingMail mail, AtomicBoolean wanted)
            throws InterruptedException {
        if (destination.isEmpty()) {
            return refused(mail, NO_HOST);
        }
        NextHop hop;
        try {
            hop = NextHop.parse(destination, config.port());
        } catch (IllegalArgumentException e) {
            return refused(mail, MxDeliverer.NO_HOP);
        }
        return client
                .send(resolver.way(hop), mail, RelayClient.Manner.of(levels.apply(hop.host())), wanted::get)
                .stream()
                .map(DeliveryResult::outcome)
                .toList();
    }

    private static List<Outcome> refused(OutgoingMail mail, Reply reply) {
        return Collections.nCopies(mail.recipients().size(), new Outcome.Refused(reply, Moment.PREPARE));
    }

    private static String destination(Recipient recipient) {
        return switch (recipient.path()) {
            case Postmaster postmaster -> "";
            case Mailbox mailbox ->
                switch (mailbox.host()) {
                    case Domain domain -> domain.canonical();
                    case AddressLiteral literal -> literal.toString();
                };
        };
    }
}
