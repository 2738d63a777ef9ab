package org.mailwright.smtp.queue.report;

import java.util.Locale;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;

/** Why a mail was not delivered, as far as it makes a difference to the person who wrote it. */
enum Reason {
    /** Nobody there has this address. */
    UNKNOWN_USER,
    /** The mailbox takes no mail. */
    MAILBOX_DISABLED,
    /** There is no room for it. */
    MAILBOX_FULL,
    /** Nothing takes mail for this domain. */
    UNKNOWN_DOMAIN,
    /** It is larger than the other side allows. */
    TOO_LARGE,
    /** The other side does not want it: policy, or what it takes for spam. */
    REFUSED,
    /** It could not be sent as safely as was asked for. */
    UNSAFE,
    /** It went round in a circle. */
    LOOP,
    /** It holds what the other side cannot take, such as an address in other letters than English. */
    NOT_SUPPORTED,
    /** The other side did not answer, or could not take it now. */
    NO_ANSWER,
    /** Anything else: the reply has to tell. */
    OTHER;

    /** Returns what passages call it. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Reason of(Outcome outcome) {
        Reply reply = outcome.reply();
        Reason reason =
                reply.enhanced().map(Reason::of).filter(known -> known != OTHER).orElseGet(() -> basic(outcome));
        return reply.isPermanent() ? reason : reason.forNow();
    }

    /** Returns what may be said of a refusal that is not final: greylisting is no verdict, a failed look-up neither. */
    private Reason forNow() {
        return switch (this) {
            case UNKNOWN_USER, MAILBOX_DISABLED, REFUSED -> OTHER;
            case UNKNOWN_DOMAIN -> NO_ANSWER;
            case MAILBOX_FULL, TOO_LARGE, UNSAFE, LOOP, NOT_SUPPORTED, NO_ANSWER, OTHER -> this;
        };
    }

    private static Reason of(EnhancedCode code) {
        return switch (code.subject() + "." + code.detail()) {
            case "1.1", "1.3", "1.4", "1.6" -> UNKNOWN_USER;
            case "2.1", "7.13" -> MAILBOX_DISABLED;
            case "2.2", "3.1" -> MAILBOX_FULL;
            case "1.2", "1.10", "4.4" -> UNKNOWN_DOMAIN;
            case "2.3", "3.4", "7.16" -> TOO_LARGE;
            case "7.3", "7.10", "7.30" -> UNSAFE;
            case "4.6" -> LOOP;
            case "3.2" -> NO_ANSWER;
            default -> bySubject(code.subject());
        };
    }

    private static Reason bySubject(int subject) {
        return switch (subject) {
            case 4 -> NO_ANSWER;
            case 6 -> NOT_SUPPORTED;
            case 7 -> REFUSED;
            default -> OTHER;
        };
    }

    /** What the digits say where there is no enhanced code, or one that says little. */
    private static Reason basic(Outcome outcome) {
        return switch (outcome.reply().code()) {
            case 421 -> NO_ANSWER;
            case 550, 551, 553 -> outcome.moment() == Moment.RCPT ? UNKNOWN_USER : REFUSED;
            case 552 -> outcome.moment() == Moment.RCPT ? MAILBOX_FULL : TOO_LARGE;
            case 554 -> outcome.moment() == Moment.CONTENT ? REFUSED : OTHER;
            case 556 -> UNKNOWN_DOMAIN;
            default -> outcome.reply().isTransient() && isEarly(outcome.moment()) ? NO_ANSWER : OTHER;
        };
    }

    private static boolean isEarly(Moment moment) {
        return switch (moment) {
            case CONNECT, HELLO, STEP -> true;
            case PREPARE, MAIL, RCPT, DATA, CONTENT -> false;
        };
    }
}
