package org.mailwright.smtp.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.DeliveryResult.Action;

/** What the recipients of one mail have been answered so far. */
final class Answers {

    private static final int SHUTTING_DOWN = 421;
    private static final Reply NOBODY = Reply.of(451, "4.4.1", "No host answers");

    private static final int SECURITY = 7;
    private static final int ENCRYPTION_NEEDED = 10;
    private static final int SUPPORT_NEEDED = 30;

    private final OutgoingMail mail;
    private final boolean demanding;
    private final DeliveryResult[] results;
    private List<Integer> left = new ArrayList<>();
    private boolean any;

    /**
     * Nothing was answered yet.
     *
     * @param demanding whether the mail demands what a host may lack, and another have
     */
    Answers(OutgoingMail mail, boolean demanding) {
        this.mail = mail;
        this.demanding = demanding;
        this.results = new DeliveryResult[mail.recipients().size()];
        Arrays.fill(results, local(new Outcome.Failed(NOBODY, Moment.CONNECT)));
        for (int i = 0; i < results.length; i++) {
            left.add(i);
        }
    }

    private static DeliveryResult local(Outcome outcome) {
        return new DeliveryResult(outcome, Action.RELAYED, Optional.empty());
    }

    /** Tells whether no other host can do better for any recipient. */
    boolean complete() {
        return left.isEmpty();
    }

    /** Returns the mail to those for whom another host may do better. */
    OutgoingMail rest() {
        return mail.withRecipients(left.stream().map(mail.recipients()::get).toList());
    }

    /** Takes what a host answered to {@link #rest}. */
    void add(MailResult answer, Function<Outcome, DeliveryResult> result) {
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Outcome outcome = answer.recipients().get(i).outcome();
            int place = left.get(i);
            boolean ofHost = ofHost(outcome);
            if (ofHost) {
                again.add(place);
            }
            if (!any || !ofHost || outweighs(outcome, place)) {
                results[place] = result.apply(outcome);
            }
        }
        left = again;
        any = true;
    }

    /** Takes that there are no more hosts. */
    void end(Reply why) {
        for (int place : left) {
            if (!any || (isPermanent(place) && !why.isPermanent() && !lacksForGood(place))) {
                results[place] = local(new Outcome.Refused(why, Moment.CONNECT));
            }
        }
    }

    /**
     * Tells whether what another host says counts more: one that may come back outweighs one that never will, unless
     * that one is up and lacks what the mail needs, for it will lack that as well when the other is back.
     */
    private boolean outweighs(Outcome outcome, int place) {
        return outcome.isPermanent() ? isPermanent(place) : !lacksForGood(place);
    }

    private boolean lacksForGood(int place) {
        Outcome outcome = results[place].outcome();
        return lacking(outcome) && !lacksTls(outcome);
    }

    private boolean isPermanent(int place) {
        return results[place].outcome().isPermanent();
    }

    /** Returns one for each recipient, in order. */
    List<DeliveryResult> results() {
        return List.of(results);
    }

    /** Tells whether another host may do better: this one was not there, or had no wish to talk. */
    private boolean ofHost(Outcome outcome) {
        if (lacksTls(outcome)) {
            return true;
        }
        return switch (outcome) {
            case Outcome.Accepted accepted -> false;
            case Outcome.Unknown unknown -> false;
            case Outcome.Failed failed -> true;
            case Outcome.Refused refused ->
                refused.reply().code() == SHUTTING_DOWN || beforeMail(refused.moment()) || lacking(refused);
        };
    }

    /** Tells whether the host lacks what the mail needs: another may have it (such as RFC 2852 §6). */
    private static boolean lacking(Outcome outcome) {
        return outcome instanceof Outcome.Refused && outcome.isPermanent() && outcome.moment() == Moment.PREPARE;
    }

    /** Tells whether the mail was held back because this host has not what it demands. */
    private boolean lacksTls(Outcome outcome) {
        return demanding
                && outcome.moment() == Moment.PREPARE
                && (hasDetail(outcome, ENCRYPTION_NEEDED) || hasDetail(outcome, SUPPORT_NEEDED));
    }

    /** Tells whether the enhanced code is X.7 and this. */
    static boolean hasDetail(Outcome outcome, int detail) {
        return outcome.reply()
                .enhanced()
                .filter(code -> code.subject() == SECURITY && code.detail() == detail)
                .isPresent();
    }

    /** Tells whether something was decided before the peer heard of the mail. */
    static boolean beforeMail(Moment moment) {
        return moment == Moment.CONNECT || moment == Moment.HELLO || moment == Moment.STEP;
    }
}
