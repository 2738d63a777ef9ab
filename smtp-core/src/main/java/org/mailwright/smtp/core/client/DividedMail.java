package org.mailwright.smtp.core.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.RecipientResult;

/** One mail that goes out as several, and whose result is told when all of them have one. */
final class DividedMail {

    private final MailJob job;
    private final OutgoingMail mail;
    private final @Nullable Outcome[] outcomes;
    private int undecided;

    DividedMail(MailJob job) {
        this.job = job;
        this.mail = job.mail();
        this.undecided = mail.recipients().size();
        this.outcomes = new Outcome[undecided];
    }

    /** Returns a portion of it: some of its recipients, by their index. */
    Portion portion(List<Integer> indexes) {
        return new Portion(List.copyOf(indexes));
    }

    /** Decides for some recipients what is not up to the peer. */
    void decide(List<Integer> indexes, Outcome outcome, News news) {
        for (int index : indexes) {
            outcomes[index] = outcome;
        }
        undecided -= indexes.size();
        if (undecided == 0 && !indexes.isEmpty()) {
            news.tellLater(this::tell);
        }
    }

    private void tell() {
        List<RecipientResult> results = new ArrayList<>(outcomes.length);
        for (int i = 0; i < outcomes.length; i++) {
            Outcome outcome = outcomes[i];
            if (outcome == null) {
                throw new IllegalStateException("a recipient has no outcome");
            }
            results.add(new RecipientResult(mail.recipients().get(i), outcome));
        }
        job.done(new MailResult(results));
    }

    /** Some of its recipients. */
    final class Portion implements MailJob {

        private final List<Integer> indexes;

        private Portion(List<Integer> indexes) {
            this.indexes = indexes;
        }

        @Override
        public OutgoingMail mail() {
            List<Recipient> recipients =
                    indexes.stream().map(mail.recipients()::get).toList();
            return mail.withRecipients(recipients);
        }

        @Override
        public boolean cancelled() {
            return job.cancelled();
        }

        @Override
        public void done(MailResult result) {
            for (int i = 0; i < indexes.size(); i++) {
                outcomes[indexes.get(i)] = result.recipients().get(i).outcome();
            }
            undecided -= indexes.size();
            if (undecided == 0) {
                tell();
            }
        }

        /** Ends it without having been sent. */
        void refuse(Outcome outcome, News news) {
            decide(indexes, outcome, news);
        }
    }
}
