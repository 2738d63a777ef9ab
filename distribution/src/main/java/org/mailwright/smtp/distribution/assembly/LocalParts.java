package org.mailwright.smtp.distribution.assembly;

import java.time.InstantSource;
import java.util.List;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.distribution.config.DeliveryConfig;
import org.mailwright.smtp.distribution.config.LocalDelivery;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.MaildirStore;
import org.mailwright.smtp.mailbox.alias.LocalRouter;
import org.mailwright.smtp.mailbox.delivery.DiscardDeliverer;
import org.mailwright.smtp.mailbox.delivery.MaildirDeliverer;
import org.mailwright.smtp.mailbox.lmtp.LmtpDeliverer;
import org.mailwright.smtp.mailbox.mbox.MboxConfig;
import org.mailwright.smtp.mailbox.mbox.MboxDeliverer;
import org.mailwright.smtp.mailbox.quota.MaildirQuotas;
import org.mailwright.smtp.mailbox.quota.QuotaKeeper;
import org.mailwright.smtp.queue.Deliverer;
import org.mailwright.smtp.queue.LanePolicy;
import org.mailwright.smtp.queue.Pool;

/** The way of queued mail into the mailboxes of this host. */
final class LocalParts {
    /** The pool; the destination is a local domain. */
    static final String LOCAL = LocalRouter.POOL;

    private static final int RECIPIENTS = 100;

    private LocalParts() {}

    static Pool pool(ServerConfig config, LocalRecipients recipients, List<Extension> extensions) {
        int most = config.delivery().concurrency();
        // a program is started for each recipient: then a stop between two costs nothing
        int together = config.delivery().local() instanceof LocalDelivery.Pipe ? 1 : RECIPIENTS;
        return Pool.of(LOCAL, deliverer(config, recipients, extensions), new LanePolicy(most, most, 0, together));
    }

    /** Sees to it that a way that knows lines only gets nothing else. */
    static Deliverer lines(Deliverer deliverer) {
        return Bundled.BINARY_MIME.isPresent() ? new BinaryContent(deliverer) : deliverer;
    }

    /** What mailboxes may hold, for the delivery and for the gate of RCPT before it. */
    static QuotaKeeper quotas(ServerConfig config) {
        DeliveryConfig delivery = config.delivery();
        boolean bounded = delivery.local() instanceof LocalDelivery.Maildir
                && delivery.quota().isBounded();
        return bounded
                ? new MaildirQuotas(
                        store(config), mailbox -> delivery.quota(), delivery.whenFull(), InstantSource.system())
                : QuotaKeeper.UNBOUNDED;
    }

    private static MaildirStore store(ServerConfig config) {
        return new MaildirStore(config.delivery().maildir(), config.hostname());
    }

    private static Deliverer deliverer(ServerConfig config, LocalRecipients recipients, List<Extension> extensions) {
        InstantSource clock = InstantSource.system();
        DeliveryConfig delivery = config.delivery();
        MaildirStore store = store(config);
        return switch (delivery.local()) {
            case LocalDelivery.Discard discard -> new DiscardDeliverer();
            case LocalDelivery.Maildir maildir -> lines(new MaildirDeliverer(store, recipients, quotas(config), clock));
            case LocalDelivery.Mbox mbox ->
                lines(new MboxDeliverer(
                        config.delivery().mbox(),
                        recipients,
                        QuotaKeeper.UNBOUNDED,
                        config.hostname(),
                        MboxConfig.DEFAULTS,
                        clock));
            case LocalDelivery.Lmtp lmtp ->
                LmtpDeliverer.to(
                        lmtp.server(),
                        config.hostname(),
                        extensions,
                        config.delivery().concurrency());
            case LocalDelivery.Pipe pipe -> GatewayParts.pipe(config, pipe.program());
        };
    }
}
