package org.mailwright.smtp.core.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.reply.Reply;

/** The mails under way over one connection: one, or one whose answer is awaited and the next. */
final class Deliveries {

    private final ClientEngine engine;
    private final Exchange exchange;
    private final ClientConfig config;
    private final ClientProfile profile;
    private final ClientOwner owner;
    private final News news;
    private final ArrayDeque<Delivery> active = new ArrayDeque<>(2);
    private final Portions portions = new Portions();
    private boolean idleTold;

    Deliveries(
            ClientEngine engine,
            Exchange exchange,
            ClientConfig config,
            ClientProfile profile,
            ClientOwner owner,
            News news) {
        this.engine = engine;
        this.exchange = exchange;
        this.config = config;
        this.profile = profile;
        this.owner = owner;
        this.news = news;
    }

    /** Begins the next mail, if one may begin and there is one. */
    void next() {
        while (engine.takesMail() && mayBegin()) {
            if (portions.exhausted(engine.peer())) {
                portions.refuseRest(news);
                engine.leave();
                return;
            }
            Optional<MailJob> job = portions.next();
            if (job.isPresent()) {
                begin(job.get());
            } else if (!divideNext()) {
                return;
            }
        }
    }

    /** Asks for a mail and divides it as the peer wants; tells whether there was one. */
    private boolean divideNext() {
        Optional<MailJob> job = owner.next();
        if (job.isPresent()) {
            idleTold = false;
            portions.divide(job.get(), engine.peer(), news);
        } else if (active.isEmpty() && !idleTold) {
            idleTold = true;
            news.tell(owner::idle);
        }
        return job.isPresent();
    }

    private boolean mayBegin() {
        return active.isEmpty()
                || (exchange.pipelining()
                        && active.size() == 1
                        && active.getFirst().whole());
    }

    private void begin(MailJob job) {
        Delivery delivery = new Delivery(engine, exchange, config, job);
        active.add(delivery);
        engine.offload(
                profile.preparesBlocking(job.mail(), engine.peer()),
                () -> PreparedMail.of(job.mail(), engine.peer(), profile),
                delivery::begin,
                delivery::unprepared);
    }

    /** Lets it look for a mail again though there was none. */
    void wake() {
        idleTold = false;
    }

    boolean isEmpty() {
        return active.isEmpty() && portions.isEmpty();
    }

    /** Takes a mail off. */
    void finished(Delivery delivery) {
        active.remove(delivery);
    }

    /** Returns the content that is being sent. */
    Optional<Content> content() {
        return active.isEmpty() ? Optional.empty() : active.getLast().content();
    }

    /** Refuses the mail whose content is being sent, if this is a refusal. */
    void contentRefused(Reply reply) {
        boolean refusal = reply.isTransient() || reply.isPermanent();
        if (refusal && content().isPresent()) {
            active.getLast().contentRefused(reply);
        }
    }

    /** Returns how far the mail has come whose answer is next. */
    Optional<Moment> moment() {
        return Optional.ofNullable(active.peekFirst()).map(Delivery::moment);
    }

    /** Ends all, because the connection has ended. */
    void lost(Reply reply) {
        List.copyOf(active).forEach(delivery -> delivery.lost(reply));
        portions.refuseRest(news);
    }

    /** Ends all, because the server says 421. */
    void shutDown(Reply reply) {
        List.copyOf(active).forEach(delivery -> delivery.shutDown(reply));
        portions.refuseRest(news);
    }
}
