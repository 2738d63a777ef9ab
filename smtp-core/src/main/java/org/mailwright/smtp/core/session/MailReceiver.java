package org.mailwright.smtp.core.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.extension.BodyReceiver;
import org.mailwright.smtp.core.extension.ContentAnswer;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** Leads the content of one mail through the content stages into the sink, and ends its transaction. */
final class MailReceiver implements BodyReceiver {

    private final SessionRecord session;
    private final SmtpService service;
    private Envelope envelope;
    private final boolean oneEach;
    private MessageSink.@Nullable Intake intake;
    private ContentStage.@Nullable Next first;
    private ContentStage[] stages = {};
    private ContentStage.Next[] nexts = {};
    private long octets;
    private @Nullable HeldHeader held;
    private Optional<Reply> wanted = Optional.empty();

    MailReceiver(SessionRecord session, SmtpService service, Envelope envelope) {
        this.session = session;
        this.service = service;
        this.envelope = envelope;
        this.oneEach = envelope.origin().role() == Role.LMTP;
        this.held = service.gates(Stage.HEADER).isEmpty()
                ? null
                : new HeldHeader(service.profile().limits().bodyBuffer());
    }

    @Override
    public void write(ByteBuffer content) throws SmtpException, IOException {
        octets += content.remaining();
        HeldHeader holding = held;
        if (holding == null) {
            opened().write(content);
            return;
        }
        ByteBuffer come = holding.take(content);
        if (come.hasRemaining()) {
            judge(holding, come, false);
        }
    }

    private void judge(HeldHeader holding, ByteBuffer content, boolean ended) throws SmtpException, IOException {
        held = null;
        Gates.Passed<Stage.Heading> passed =
                session.judged(new Stage.Heading(envelope, holding.section(content, ended)));
        envelope = passed.subject().envelope();
        wanted = passed.reply();
        if (content.hasRemaining()) {
            opened().write(content);
        }
    }

    @Override
    public List<Reply> end() throws SmtpException, IOException {
        HeldHeader holding = held;
        if (holding != null) {
            judge(holding, holding.rest(), true);
        }
        opened();
        for (int i = 0; i < stages.length; i++) {
            stages[i].end(nexts[i + 1]);
        }
        session.ask(Stage.BODY, envelope);
        MessageSink.Intake taking = intake;
        if (taking == null) {
            throw new IllegalStateException("the sink was never opened");
        }
        intake = null; // a commit that fails ends it as well
        Acceptance acceptance = taking.commit();
        if (acceptance.replies().size() != envelope.recipients().size()) {
            throw new IllegalStateException(
                    "the sink gave " + acceptance.replies().size() + " replies for "
                            + envelope.recipients().size() + " recipients");
        }
        return answered(acceptance);
    }

    private List<Reply> answered(Acceptance acceptance) {
        if (!oneEach) {
            for (ContentAnswer answer : service.answers()) {
                Optional<List<Reply>> replies = answer.replies(envelope, acceptance.replies());
                if (replies.isPresent()) {
                    ended(acceptance.replies());
                    return replies.get();
                }
            }
        }
        if (oneEach) {
            return ended(acceptance.replies());
        }
        Reply usual = acceptance.combined();
        return ended(List.of(
                usual.isPositive() ? wanted.map(first -> joined(first, usual)).orElse(usual) : usual));
    }

    /** The usual answer may name the mail, so it is said as well. */
    private static Reply joined(Reply first, Reply usual) {
        List<String> lines = new ArrayList<>(first.lines());
        lines.addAll(usual.lines());
        return first.enhanced()
                .map(enhanced -> Reply.of(first.code(), enhanced, lines))
                .orElseGet(() -> Reply.of(first.code(), lines));
    }

    @Override
    public void abort() {
        MessageSink.Intake taking = intake;
        intake = null;
        if (taking != null) {
            taking.abort();
        }
    }

    /** Ends without success where nothing may wait, between two chunks. */
    void discard() {
        Failures failures = new Failures(session.id());
        if (mayBlock()) {
            Thread.startVirtualThread(() -> failures.logged(this::abort));
        } else {
            failures.logged(this::abort);
        }
    }

    @Override
    public List<Reply> refuse(Reply reply) {
        return ended(oneEach ? Collections.nCopies(envelope.recipients().size(), reply) : List.of(reply));
    }

    @Override
    public boolean mayBlock() {
        return service.bodyMayBlock();
    }

    private List<Reply> ended(List<Reply> replies) {
        session.transactionEnded();
        session.observe(observer -> observer.mail(session, envelope, octets, replies));
        return replies;
    }

    /** The sink is opened late, so that a mail that blocks does so in one place only. */
    private ContentStage.Next opened() throws SmtpException, IOException {
        ContentStage.Next known = first;
        if (known != null) {
            return known;
        }
        MessageSink.Intake taking = service.sink().open(envelope);
        intake = taking;
        List<ContentStage.Factory> factories = service.content();
        stages = new ContentStage[factories.size()];
        nexts = new ContentStage.Next[stages.length + 1];
        nexts[stages.length] = content -> {
            taking.write(content);
            if (content.hasRemaining()) {
                throw new IllegalStateException("the sink left " + content.remaining() + " octets unread");
            }
        };
        for (int i = stages.length - 1; i >= 0; i--) {
            ContentStage stage = factories.get(i).open(envelope, session);
            ContentStage.Next next = nexts[i + 1];
            stages[i] = stage;
            nexts[i] = stage.equals(ContentStage.PASS) ? next : content -> stage.write(content, next);
        }
        first = nexts[0];
        return nexts[0];
    }
}
