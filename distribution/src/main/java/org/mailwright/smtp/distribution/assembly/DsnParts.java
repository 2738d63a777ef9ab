package org.mailwright.smtp.distribution.assembly;

import java.time.Instant;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.ext.dsn.DsnExtension;
import org.mailwright.smtp.ext.dsn.EnvelopeId;
import org.mailwright.smtp.ext.dsn.Notify;
import org.mailwright.smtp.ext.dsn.OriginalRecipient;
import org.mailwright.smtp.ext.dsn.Ret;
import org.mailwright.smtp.mailbox.alias.Redistribution;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Priority;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.intake.MailTerms;
import org.mailwright.smtp.queue.report.ReportRequests;

/** What a server has of smtp-ext-dsn: what senders want to hear of. */
final class DsnParts {
    private DsnParts() {}

    static ReportRequests requests() {
        return new Requests();
    }

    /** Returns terms by which a sender hears of each recipient that he asked about. */
    static MailTerms terms(MailTerms usual) {
        return new Terms(usual);
    }

    static Redistribution redistribution() {
        return new Aliases();
    }

    private record Terms(MailTerms usual) implements MailTerms {
        @Override
        public Instant due(Envelope envelope, Instant now) {
            return usual.due(envelope, now);
        }

        @Override
        public Instant expires(Envelope envelope, Instant now, Instant after) {
            return usual.expires(envelope, now, after);
        }

        @Override
        public Optional<Priority> priority(Envelope envelope) {
            return usual.priority(envelope);
        }

        /** Of each success there is a report; whose failures are reported alike need not be told apart. */
        @Override
        public Object apart(Recipient recipient) {
            Optional<Notify> notify = recipient.attributes().get(DsnExtension.NOTIFY);
            return notify.filter(wish -> wish.has(Notify.Condition.SUCCESS)).isPresent()
                    ? recipient.attributes()
                    : notify.map(wish -> wish.has(Notify.Condition.FAILURE)).orElse(true);
        }
    }

    /**
     * Of the ways of RFC 3461 §5.2.7.3 the third: a sender hears once that an alias was followed, and of each member
     * whose mail fails.
     */
    private static final class Aliases implements Redistribution {
        @Override
        public boolean isReported(Recipient recipient) {
            return recipient
                    .attributes()
                    .get(DsnExtension.NOTIFY)
                    .filter(notify -> notify.has(Notify.Condition.SUCCESS))
                    .isPresent();
        }

        @Override
        public Attributes toOne(Recipient recipient) {
            return recipient.attributes().with(DsnExtension.ACCEPTED, recipient.path());
        }

        @Override
        public Attributes toEach(Recipient recipient) {
            Attributes asked = recipient.attributes();
            Attributes left = Attributes.EMPTY.with(DsnExtension.ACCEPTED, recipient.path());
            Optional<Notify> notify = asked.get(DsnExtension.NOTIFY);
            if (notify.isPresent()) {
                left = left.with(DsnExtension.NOTIFY, notify.get().without(Notify.Condition.SUCCESS));
            }
            Optional<OriginalRecipient> original = asked.get(DsnExtension.ORCPT);
            return original.isPresent() ? left.with(DsnExtension.ORCPT, original.get()) : left;
        }
    }

    private static final class Requests implements ReportRequests {
        @Override
        public boolean wants(Recipient recipient, Kind kind) {
            Optional<Notify> notify = recipient.attributes().get(DsnExtension.NOTIFY);
            if (notify.isEmpty()) {
                return ReportRequests.super.wants(recipient, kind);
            }
            return notify.get()
                    .has(
                            switch (kind) {
                                case FAILED -> Notify.Condition.FAILURE;
                                case DELAYED -> Notify.Condition.DELAY;
                                case SUCCEEDED -> Notify.Condition.SUCCESS;
                            });
        }

        @Override
        public Optional<String> envelopeId(Message message) {
            return message.attributes().get(DsnExtension.ENVID).map(EnvelopeId::value);
        }

        @Override
        public Optional<String> originalRecipient(Recipient recipient) {
            return recipient.attributes().get(DsnExtension.ORCPT).map(Requests::written);
        }

        private static String written(OriginalRecipient original) {
            return original.type() + ";" + original.address();
        }

        @Override
        public Optional<ForwardPath> acceptedFor(Recipient recipient) {
            return recipient.attributes().get(DsnExtension.ACCEPTED);
        }

        @Override
        public boolean returnsFull(Message message) {
            return message.attributes().get(DsnExtension.RET).orElse(Ret.FULL) == Ret.FULL;
        }
    }
}
