package org.mailwright.smtp.gateway.bsmtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Observer;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.gateway.bsmtp.BatchMail.Addressee;

/** Watches the session of a batch and tells what becomes of each mail. */
final class BatchLog implements Extension, Observer {
    private static final Reply CUT = Reply.of(451, "4.4.2", "The batch ended before the mail did");
    private static final Reply RESET = Reply.of(451, "4.3.0", "The batch took the mail back");

    private final Consumer<? super BatchMail> each;
    private final List<Addressee> recipients = new ArrayList<>();
    private Optional<String> sender = Optional.empty();
    private long accepted;
    private long rejected;
    private boolean quit;

    BatchLog(Consumer<? super BatchMail> each) {
        this.each = each;
    }

    @Override
    public String id() {
        return "BATCH";
    }

    @Override
    public void server(ServerSide side) {
        side.observer(this);
    }

    @Override
    public void answered(SessionView session, Command command, Reply reply) {
        switch (command.verb()) {
            case "MAIL" -> {
                if (sender.isEmpty()) {
                    sender = Optional.of(command.arguments());
                    if (!reply.isPositive()) {
                        over(Optional.empty(), reply);
                    }
                }
            }
            case "RCPT" -> {
                if (sender.isPresent()) {
                    recipients.add(new Addressee(command.arguments(), reply));
                }
            }
            case "DATA", "BDAT" -> {
                if (reply.isTransient() || reply.isPermanent()) {
                    over(Optional.empty(), reply);
                }
            }
            case "RSET", "EHLO", "HELO", "LHLO", "QUIT" -> {
                if (reply.isPositive()) {
                    over(Optional.empty(), RESET);
                }
                quit |= command.verb().equals("QUIT");
            }
            default -> {} // says nothing of a mail
        }
    }

    @Override
    public void mail(SessionView session, Envelope envelope, long octets, List<Reply> replies) {
        int taken = 0;
        for (int i = 0; i < recipients.size(); i++) {
            Addressee one = recipients.get(i);
            if (one.reply().isPositive()) {
                // one reply for all, or one for each that was accepted (LMTP)
                recipients.set(i, new Addressee(one.path(), replies.get(Math.min(taken++, replies.size() - 1))));
            }
        }
        over(Optional.of(envelope.id()), replies.get(replies.size() - 1));
    }

    @Override
    public void closed(SessionView session, String why) {
        over(Optional.empty(), CUT);
    }

    private void over(Optional<String> id, Reply reply) {
        if (sender.isEmpty()) {
            return;
        }
        if (id.isEmpty()) {
            recipients.replaceAll(one -> one.reply().isPositive() ? new Addressee(one.path(), reply) : one);
        }
        BatchMail mail = new BatchMail(id, sender.get(), recipients, reply);
        sender = Optional.empty();
        recipients.clear();
        if (mail.isAccepted()) {
            accepted++;
        } else {
            rejected++;
        }
        each.accept(mail);
    }

    /** Returns the end of it. */
    BatchReport report(Optional<String> broken) {
        return new BatchReport(accepted, rejected, quit ? Optional.empty() : broken);
    }
}
