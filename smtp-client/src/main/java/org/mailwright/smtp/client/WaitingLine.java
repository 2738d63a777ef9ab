package org.mailwright.smtp.client;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    @Nullable
    Submission poll(List<Runnable> after) {
        Submission mail = mails.poll();
        for (; mail != null && mail.cancelled(); mail = mails.poll()) {
            Submission unwanted = mail;
            after.add(() -> unwanted.fail(Submission.UNWANTED));
        }
        return mail;
    }

    /** Returns how many have waited since before that moment of {@link System#nanoTime}. */
    int waitingSince(long moment) {
        int count = 0;
        for (Submission mail : mails) {
            if (mail.waitsSince() - moment > 0) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Fails all of them. */
    void fail(Outcome outcome, List<Runnable> after) {
        mails.forEach(mail -> after.add(() -> mail.fail(outcome)));
        mails.clear();
    }
}
