package org.mailwright.smtp.distribution.assembly;

import java.util.Optional;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.ext.dsn.DsnExtension;
import org.mailwright.smtp.ext.dsn.EnvelopeId;
import org.mailwright.smtp.ext.dsn.Notify;
import org.mailwright.smtp.ext.dsn.OriginalRecipient;
import org.mailwright.smtp.ext.dsn.Ret;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Reporter.Kind;
import org.mailwright.smtp.queue.report.ReportRequests;

/** What a server has of smtp-ext-dsn: what senders want to hear of. */
final class DsnParts {
    private DsnParts() {}

    static ReportRequests requests() {
        return new Requests();
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
        public boolean returnsFull(Message message) {
            return message.attributes().get(DsnExtension.RET).orElse(Ret.FULL) == Ret.FULL;
        }
    }
}
