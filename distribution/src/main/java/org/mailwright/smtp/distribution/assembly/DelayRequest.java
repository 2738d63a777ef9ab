package org.mailwright.smtp.distribution.assembly;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.ext.dsn.DsnExtension;
import org.mailwright.smtp.ext.dsn.Notify;
import org.mailwright.smtp.ext.schedule.DeliverBy;
import org.mailwright.smtp.ext.schedule.DeliverByExtension;

/**
 * Asks a host that knows DSN, but nothing of DELIVERBY, to tell the sender of delays: he wanted to hear that his mail
 * is late (RFC 2852 section 4.1.4.2).
 */
record DelayRequest(InstantSource clock) implements Extension {

    @Override
    public String id() {
        return "deliver-by-delay";
    }

    @Override
    public void client(ClientSide side) {
        side.preparer(DsnExtension.ORDER - 1, (MailPreparer & NonBlocking) this::prepared);
    }

    private OutgoingMail prepared(OutgoingMail mail, PeerView peer) {
        Optional<DeliverBy> by = mail.attributes().get(DeliverByExtension.BY);
        boolean told = by.filter(known -> known.mode() == DeliverBy.Mode.NOTIFY
                        && known.left(clock.instant()).isPositive())
                .isPresent();
        return told && peer.offers("DSN") && !peer.offers("DELIVERBY")
                ? mail.withRecipients(
                        mail.recipients().stream().map(DelayRequest::asking).toList())
                : mail;
    }

    private static Recipient asking(Recipient recipient) {
        Optional<Notify> asked = recipient.attributes().get(DsnExtension.NOTIFY);
        if (asked.filter(Notify::isNever).isPresent()) {
            return recipient;
        }
        Set<Notify.Condition> when = EnumSet.of(Notify.Condition.DELAY);
        when.addAll(asked.map(Notify::when).orElse(Set.of(Notify.Condition.FAILURE)));
        return new Recipient(recipient.path(), recipient.attributes().with(DsnExtension.NOTIFY, new Notify(when)));
    }
}
