package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.RecipientResult;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.gateway.bsmtp.BatchMail;
import org.mailwright.smtp.gateway.bsmtp.BatchMail.Addressee;

/** Sends the mails of a batch on while they are read, and tells what became of each. */
final class Replay implements MessageSink {
    private final Dispatch.Connected server;
    private final PrintStream out;
    private final ConcurrentMap<String, MailResult> results = new ConcurrentHashMap<>();
    private int status = ExitStatus.OK;

    Replay(Dispatch.Connected server, PrintStream out) {
        this.server = server;
        this.out = out;
    }

    @Override
    public Intake open(Envelope envelope) throws SmtpException, IOException {
        return MessageSink.reading(this::send).open(envelope);
    }

    private Reply send(Envelope envelope, InputStream content) throws IOException {
        try {
            MailResult result = server.send(OutgoingMail.of(envelope, Body.once(OptionalLong.empty(), content)));
            results.put(envelope.id(), result);
            return new Acceptance(result.recipients().stream()
                            .map(one -> one.outcome().reply())
                            .toList())
                    .combined();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Tells of a mail that is over. */
    void over(BatchMail mail) {
        Optional<MailResult> sent = mail.id().flatMap(id -> Optional.ofNullable(results.remove(id)));
        Reply said = sent.flatMap(Replay::first).orElse(mail.reply());
        out.println(mail.sender() + " " + said);
        if (sent.isPresent()) {
            worse(Results.status(sent.get()));
            sent.get().recipients().stream()
                    .filter(one -> !one.outcome().reply().equals(said))
                    .forEach(one -> out.println("  " + Results.line(one)));
        }
        // those that did not get as far as the server
        List<Addressee> refused = mail.recipients().stream()
                .filter(one -> !one.reply().isPositive())
                .filter(one -> sent.isEmpty() || !isAmong(one, sent.get()))
                .toList();
        refused.forEach(one -> worse(status(one.reply())));
        refused.stream()
                .filter(one -> !one.reply().equals(said))
                .forEach(one -> out.println("  " + one.path() + " " + one.reply()));
        if (sent.isEmpty() && refused.isEmpty()) {
            worse(status(mail.reply()));
        }
    }

    /** The reply for the mail is the first that takes it, or else the first. */
    private static Optional<Reply> first(MailResult result) {
        List<Reply> replies =
                result.recipients().stream().map(one -> one.outcome().reply()).toList();
        return replies.stream()
                .filter(Reply::isPositive)
                .findFirst()
                .or(() -> replies.stream().findFirst());
    }

    private static boolean isAmong(Addressee one, MailResult result) {
        return result.recipients().stream()
                .map(RecipientResult::recipient)
                .anyMatch(other -> one.path().contains(other.path().path()));
    }

    private static int status(Reply reply) {
        return reply.isPositive() ? ExitStatus.OK : reply.isPermanent() ? ExitStatus.UNAVAILABLE : ExitStatus.TEMPORARY;
    }

    private void worse(int other) {
        status = Math.max(status, other);
    }

    /** Returns the exit status: trying again is worth it when one mail may go then. */
    int status() {
        return status;
    }
}
