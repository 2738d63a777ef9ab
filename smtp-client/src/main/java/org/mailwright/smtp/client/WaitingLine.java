package org.mailwright.smtp.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.mail.Outcome;

/** The mails that wait for a connection to one server, in their order. For one lock; results are told without it. */
final class WaitingLine {

    private final ArrayDeque<Submission> mails = new ArrayDeque<>();

    int size() {
        return mails.size();
    }

    boolean isEmpty() {
        return mails.isEmpty();
    }

    void add(Submission mail) {
        mails.add(mail);
    }

    void addFirst(Submission mail) {
        mails.addFirst(mail);
    }

    void remove(Submission mail) {
        mails.remove(mail);
    }

    /** Takes the first that is still wanted. */
    Optional<Submission> poll(List<Runnable> after) {
        Submission mail = mails.poll();
        for (; mail != null && mail.cancelled(); mail = mails.poll()) {
            Submission unwanted = mail;
            after.add(() -> unwanted.fail(Submission.UNWANTED));
        }
        return Optional.ofNullable(mail);
    }

    /**
     * Returns how many have waited since before that moment of {@link System#nanoTime}. Each is counted once: a server
     * that takes no more connections is not to be asked again and again for the same mail.
     */
    int overdue(long moment) {
        int count = 0;
        for (Submission mail : mails) {
            if (mail.waitsSince() - moment > 0) {
                break;
            }
            count += mail.hurry() ? 1 : 0;
        }
        return count;
    }

    /** Fails all of them. */
    void fail(Outcome outcome, List<Runnable> after) {
        mails.forEach(mail -> after.add(() -> mail.fail(outcome)));
        mails.clear();
    }
}
