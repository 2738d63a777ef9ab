package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers each mail into Maildirs before it is accepted: the final delivery of RFC 5321 §4.4, with Return-Path on top.
 *
 * <p>A Return-Path that the mail has already is taken out. Over SMTP a mail is delivered to all of its recipients or to
 * none, because there is one reply for all; to each on its own where the client hears of each, as in LMTP.
 *
 * @since 0.1.0
 */
public final class MaildirSink implements MessageSink {
    private static final Logger LOG = LoggerFactory.getLogger(MaildirSink.class);
    private static final Reply FULL = Reply.of(452, "4.3.1", "There is no room for the mail now");
    private static final Reply FAILED = Reply.of(451, "4.3.0", "The mail could not be stored; try again later");
    private static final Reply FOREIGN = Reply.of(550, "5.7.1", "A recipient has no mailbox here");

    private final MaildirStore store;
    private final LocalRecipients recipients;
    private final InstantSource clock;

    /**
     * A sink.
     *
     * @param store where the mailboxes are
     * @param recipients whose they are
     * @param clock tells when a mail is accepted
     */
    public MaildirSink(MaildirStore store, LocalRecipients recipients, InstantSource clock) {
        this.store = store;
        this.recipients = recipients;
        this.clock = clock;
    }

    @Override
    public Intake open(Envelope envelope) throws SmtpException, IOException {
        List<LocalMailbox> mailboxes = new ArrayList<>();
        for (Recipient recipient : envelope.recipients()) {
            // address literals of other hosts were refused at RCPT, where it is known how the client reached this one
            switch (recipients.find(recipient.path(), literal -> true)) {
                case LocalRecipients.Destination.Found found -> mailboxes.add(found.mailbox());
                case LocalRecipients.Destination.Unknown unknown -> throw new SmtpException(FOREIGN);
                case LocalRecipients.Destination.Foreign foreign -> throw new SmtpException(FOREIGN);
            }
        }
        try {
            MailDrop drop = store.open(new MessageKey(envelope.id(), clock.instant()), mailboxes.getFirst());
            String returnPath = "Return-Path: " + envelope.reversePath().path() + "\r\n";
            drop.write(ByteBuffer.wrap(returnPath.getBytes(StandardCharsets.UTF_8)));
            return new Delivery(envelope, mailboxes, drop, new ReturnPathFilter());
        } catch (MailboxException e) {
            throw refusal(envelope, e);
        }
    }

    private static SmtpException refusal(Envelope envelope, MailboxException failure) {
        return new SmtpException(reply(envelope, failure), failure);
    }

    private static Reply reply(Envelope envelope, MailboxException failure) {
        LOG.warn("mail {}: {}", envelope.id(), failure.getMessage());
        return switch (failure.kind()) {
            case FULL -> FULL;
            case IO -> FAILED;
        };
    }

    private record Delivery(Envelope envelope, List<LocalMailbox> mailboxes, MailDrop drop, ReturnPathFilter filter)
            implements Intake {
        @Override
        public void write(ByteBuffer octets) throws SmtpException {
            try {
                drop.write(filter.filter(octets));
            } catch (MailboxException e) {
                throw refusal(envelope, e);
            }
        }

        @Override
        public Acceptance commit() throws SmtpException {
            Reply delivered = Reply.of(250, "2.0.0", "Delivered as " + envelope.id());
            try {
                drop.write(filter.end());
                if (envelope.answeredEach()) {
                    return new Acceptance(mailboxes.stream()
                            .map(mailbox -> deliver(mailbox, delivered))
                            .toList());
                }
                drop.deliver(mailboxes);
                return Acceptance.all(envelope, delivered);
            } catch (MailboxException e) {
                throw refusal(envelope, e);
            } finally {
                close();
            }
        }

        private Reply deliver(LocalMailbox mailbox, Reply delivered) {
            try {
                drop.deliver(List.of(mailbox));
                return delivered;
            } catch (MailboxException e) {
                return reply(envelope, e);
            }
        }

        @Override
        public void abort() {
            close();
        }

        /** What cannot be removed is no mail, and no reason to say that a delivered one was not delivered. */
        private void close() {
            try {
                drop.close();
            } catch (IOException e) {
                LOG.warn("mail {}: the working copy cannot be removed: {}", envelope.id(), e.getMessage());
            }
        }
    }
}
