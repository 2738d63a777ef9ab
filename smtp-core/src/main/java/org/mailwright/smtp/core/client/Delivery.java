package org.mailwright.smtp.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyWriter.Framing;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.RecipientResult;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mail on its way over one connection: MAIL, RCPT, content, and an outcome for each recipient. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);
    private static final Reply UNPREPARED = Reply.of(451, "4.3.0", "The mail could not be made ready for sending");
    private static final ClientLine RESET = ClientLine.of(Command.of("RSET"));
    private static final byte[] LONE_DOT = {'.', '\r', '\n'};

    private final ClientEngine session;
    private final Exchange exchange;
    private final Timeouts timeouts;
    private final boolean lmtp;
    private final MailJob job;
    private final OutgoingMail mail;
    private final @Nullable Outcome[] outcomes;
    private final List<Integer> taken = new ArrayList<>(1);
    private @Nullable Content content;
    private Predicate<Reply> eachAnswered = reply -> false;
    private Moment moment = Moment.PREPARE;
    private boolean mailTaken;
    private boolean whole;
    private int unanswered;
    private boolean done;

    Delivery(ClientEngine session, Exchange exchange, ClientConfig config, MailJob job) {
        this.session = session;
        this.exchange = exchange;
        this.timeouts = config.timeouts();
        this.lmtp = config.lmtp();
        this.job = job;
        this.mail = job.mail();
        this.outcomes = new Outcome[mail.recipients().size()];
    }

    boolean cancelled() {
        return job.cancelled();
    }

    /** Returns how far it has come. */
    Moment moment() {
        return moment;
    }

    /** Tells whether the content is on its way whole, so that only answers are awaited. */
    boolean whole() {
        return whole;
    }

    /** Returns the content while it is being sent. */
    Optional<Content> content() {
        return whole || done ? Optional.empty() : Optional.ofNullable(content);
    }

    /** Says the envelope. */
    void begin(PreparedMail prepared) {
        moment = Moment.MAIL;
        boolean any = false;
        for (int i = 0; i < outcomes.length; i++) {
            switch (prepared.to().get(i)) {
                case PreparedMail.To.Line line -> any = true;
                case PreparedMail.To.Refusal refusal ->
                    outcomes[i] = new Outcome.Refused(refusal.reply(), Moment.PREPARE);
            }
        }
        if (!any) {
            finish();
            return;
        }
        prepared.prelude().forEach(line -> exchange.say(line, timeouts.mail(), false, this::outOfTurn));
        exchange.say(prepared.from(), timeouts.mail(), false, this::mailAnswered);
        for (int i = 0; i < outcomes.length; i++) {
            if (prepared.to().get(i) instanceof PreparedMail.To.Line line) {
                int index = i;
                unanswered++;
                exchange.say(line.line(), timeouts.rcpt(), false, reply -> rcptAnswered(index, reply, prepared));
            }
        }
        if (prepared.framing() instanceof Framing.Dotted dotted) {
            exchange.say(
                    ClientLine.of(dotted.command()), timeouts.data(), true, reply -> dataAnswered(reply, prepared));
        }
    }

    private void mailAnswered(Reply reply) {
        if (outOfTurn(reply)) {
            return;
        }
        moment = Moment.RCPT;
        mailTaken = reply.isPositive();
        if (!mailTaken) {
            fill(new Outcome.Refused(reply, Moment.MAIL));
            if (!exchange.pipelining()) {
                exchange.unsay();
                finish();
            }
        }
    }

    private void rcptAnswered(int index, Reply reply, PreparedMail prepared) {
        if (outOfTurn(reply)) {
            return;
        }
        unanswered--;
        if (outcomes[index] == null) {
            if (reply.isPositive()) {
                taken.add(index);
            } else {
                outcomes[index] = new Outcome.Refused(reply, Moment.RCPT);
            }
        }
        if (unanswered > 0) {
            return;
        }
        moment = Moment.DATA;
        boolean chunked = prepared.framing() instanceof Framing.Chunked;
        if (taken.isEmpty() && (chunked || !exchange.pipelining())) {
            exchange.unsay();
            resetAndFinish();
        } else if (chunked) {
            sendContent(prepared);
        }
    }

    private void dataAnswered(Reply reply, PreparedMail prepared) {
        if (reply.isPositive()) {
            session.fail("The server answered out of turn: " + reply, Moment.DATA);
        } else if (!reply.isIntermediate()) {
            fill(new Outcome.Refused(reply, Moment.DATA));
            resetAndFinish();
        } else if (taken.isEmpty()) {
            exchange.out().add(LONE_DOT); // RFC 2920 §3.1: nobody takes it, but the server waits for content
            exchange.expect(timeouts.finalReply(), ignored -> finish());
        } else if (cancelled()) {
            session.fail("The mail was cancelled", Moment.DATA);
        } else {
            sendContent(prepared);
        }
    }

    private void sendContent(PreparedMail prepared) {
        moment = Moment.CONTENT;
        eachAnswered = prepared.eachAnswered();
        Content sending = new Content(session, exchange, this, prepared.mail().body(), prepared.framing(), timeouts);
        content = sending;
        sending.begin();
    }

    /** Awaits the answers to the content, which is on its way whole. */
    void contentSent() {
        whole = true;
        if (!lmtp) {
            exchange.expect(timeouts.finalReply(), this::contentAnswered);
            return;
        }
        for (int index : taken) {
            exchange.expect(timeouts.finalReply(), reply -> contentAnsweredFor(index, reply));
        }
    }

    /** Takes a refusal of the content that came before it was sent whole. */
    void contentRefused(Reply reply) {
        fill(new Outcome.Refused(reply, Moment.CONTENT));
    }

    /** Ends after a chunk was refused: nothing of the mail is left at the server. */
    void chunkRefused(Reply reply) {
        contentRefused(reply);
        resetAndFinish();
    }

    private void contentAnswered(Reply reply) {
        if (!reply.isIntermediate()) {
            fill(decided(reply));
            finish();
        } else if (eachAnswered.test(reply)) {
            List<Reply> each = new ArrayList<>(taken.size());
            exchange.expectNext(timeouts.finalReply(), last -> allAnswered(each, last));
            taken.forEach(one -> exchange.expectNext(timeouts.finalReply(), each::add));
        } else {
            session.fail("The server answered out of turn: " + reply, Moment.CONTENT);
        }
    }

    /** Takes the reply that stands for all: what it refuses is refused, whatever was said of single recipients. */
    private void allAnswered(List<Reply> each, Reply last) {
        if (last.isIntermediate() || each.stream().anyMatch(Reply::isIntermediate)) {
            session.fail("The server answered out of turn: " + last, Moment.CONTENT);
            return;
        }
        for (int i = 0; i < each.size(); i++) {
            Reply one = each.get(i);
            outcomes[taken.get(i)] = decided(one.isPositive() && !last.isPositive() ? last : one);
        }
        finish();
    }

    private void contentAnsweredFor(int index, Reply reply) {
        if (reply.isIntermediate()) {
            session.fail("The server answered out of turn: " + reply, Moment.CONTENT);
            return;
        }
        outcomes[index] = decided(reply);
        if (index == taken.get(taken.size() - 1)) {
            finish();
        }
    }

    private static Outcome decided(Reply reply) {
        return reply.isPositive() ? new Outcome.Accepted(reply) : new Outcome.Refused(reply, Moment.CONTENT);
    }

    /** Ends because the connection has, or will. */
    void lost(Reply reply) {
        fill(whole ? new Outcome.Unknown(reply) : new Outcome.Failed(reply, moment));
        finish();
    }

    /** Ends because the server says 421, which refuses whatever is under way. */
    void shutDown(Reply reply) {
        fill(new Outcome.Refused(reply, moment));
        finish();
    }

    /** Ends because this side will not send it. */
    void unprepared(Exception failure) {
        if (failure instanceof SmtpException refusal) {
            fill(new Outcome.Refused(refusal.reply(), Moment.PREPARE));
        } else {
            LOG.warn("A mail could not be made ready for sending", failure);
            fill(new Outcome.Refused(UNPREPARED, Moment.PREPARE));
        }
        finish();
    }

    private void resetAndFinish() {
        if (mailTaken) {
            exchange.say(RESET, timeouts.mail(), false, reply -> {
                if (!reply.isPositive()) {
                    session.fail("The server refused RSET: " + reply, Moment.MAIL);
                }
            });
        }
        finish();
    }

    private boolean outOfTurn(Reply reply) {
        if (reply.isIntermediate()) {
            session.fail("The server answered out of turn: " + reply, moment);
            return true;
        }
        return false;
    }

    private void fill(Outcome outcome) {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = outcome;
            }
        }
    }

    private void finish() {
        if (done) {
            return;
        }
        content().ifPresent(Content::close);
        done = true;
        List<RecipientResult> results = new ArrayList<>(outcomes.length);
        List<Recipient> recipients = mail.recipients();
        for (int i = 0; i < outcomes.length; i++) {
            Outcome outcome = outcomes[i];
            if (outcome == null) {
                throw new IllegalStateException("a recipient has no outcome");
            }
            results.add(new RecipientResult(recipients.get(i), outcome));
        }
        session.finished(this, () -> job.done(new MailResult(results)));
    }
}
