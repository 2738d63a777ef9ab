package org.mailwright.smtp.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** A sink that takes or fails as it is told, and notes whether its contract is kept. */
class FuzzSink implements MessageSink {

    private static final Reply TAKEN = Reply.of(250, "2.0.0", "Taken");
    private static final Reply REFUSED = Reply.of(550, "5.7.0", "Refused by the sink");

    /** What it does. */
    enum Way {
        TAKES,
        REFUSES_AT_ONCE,
        REFUSES_CONTENT,
        CANNOT_WRITE,
        BREAKS_AT_THE_END,
        MISCOUNTS,
        TAKES_EVERY_OTHER,
        BREAKS_WITH_AN_ERROR
    }

    /** The same, on the thread of the session. */
    static final class Quick extends FuzzSink implements NonBlocking {
        Quick(Way way) {
            super(way);
        }
    }

    private final Way way;
    private final List<Mail> mails = Collections.synchronizedList(new ArrayList<>());
    private final List<String> breaches = Collections.synchronizedList(new ArrayList<>());

    FuzzSink(Way way) {
        this.way = way;
    }

    /** Returns the mails that were begun. */
    List<Mail> mails() {
        return mails;
    }

    /** Returns those of them that were committed with a positive reply for anyone. */
    List<Mail> taken() {
        return mails.stream().filter(mail -> mail.taken).toList();
    }

    /** Waits until each mail that was begun has ended, and checks that each did so once. */
    void checkEnded() {
        for (Mail mail : mails) {
            try {
                mail.ended.get(10, TimeUnit.SECONDS);
            } catch (Exception never) {
                throw new AssertionError("a mail was neither committed nor aborted", never);
            }
        }
        Check.same(List.of(), breaches, "breaches of the sink's contract");
    }

    @Override
    public Intake open(Envelope envelope) throws SmtpException {
        if (way == Way.REFUSES_AT_ONCE) {
            throw new SmtpException(REFUSED);
        }
        Mail mail = new Mail(envelope);
        mails.add(mail);
        return mail;
    }

    /** One mail. */
    final class Mail implements Intake {
        private final Envelope envelope;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private volatile boolean taken;

        Mail(Envelope envelope) {
            this.envelope = envelope;
        }

        Envelope envelope() {
            return envelope;
        }

        boolean aborted() {
            return "aborted".equals(ended.getNow(""));
        }

        String content() {
            return Check.latin(content.toByteArray());
        }

        @Override
        public void write(ByteBuffer octets) throws SmtpException, IOException {
            breach(ended.isDone(), "content after the end");
            byte[] copy = new byte[octets.remaining()];
            octets.get(copy);
            content.writeBytes(copy);
            boolean some = content.size() > 5;
            if (some && way == Way.REFUSES_CONTENT) {
                throw new SmtpException(REFUSED);
            }
            if (some && way == Way.CANNOT_WRITE) {
                throw new IOException("no room");
            }
            if (some && way == Way.BREAKS_WITH_AN_ERROR) {
                throw new AssertionError("an author's mistake");
            }
        }

        @Override
        public Acceptance commit() {
            breach(!ended.complete("committed"), "a second end");
            int count = envelope.recipients().size();
            List<Reply> replies = new ArrayList<>(Collections.nCopies(count, TAKEN));
            if (way == Way.BREAKS_AT_THE_END) {
                throw new IllegalStateException("an author's mistake");
            }
            if (way == Way.MISCOUNTS) {
                replies.add(TAKEN);
            }
            if (way == Way.TAKES_EVERY_OTHER) {
                for (int i = 1; i < count; i += 2) {
                    replies.set(i, REFUSED);
                }
            }
            taken = way != Way.MISCOUNTS;
            return new Acceptance(replies);
        }

        @Override
        public void abort() {
            breach(!ended.complete("aborted"), "a second end");
        }

        private void breach(boolean broken, String what) {
            if (broken) {
                breaches.add(what);
            }
        }

        @Override
        public String toString() {
            return envelope.recipients() + " " + ended.getNow("open") + " " + (taken ? content() : "");
        }
    }
}
