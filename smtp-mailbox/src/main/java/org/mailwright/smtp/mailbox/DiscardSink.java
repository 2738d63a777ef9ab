package org.mailwright.smtp.mailbox;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Takes every mail, counts it and throws it away: for tests and measurements.
 *
 * @since 0.1.0
 */
public final class DiscardSink implements MessageSink, NonBlocking {
    private static final Reply DISCARDED = Reply.of(250, "2.0.0", "Counted and thrown away");

    private final LongAdder mails = new LongAdder();
    private final LongAdder octets = new LongAdder();

    /** A sink that has taken nothing yet. */
    public DiscardSink() {}

    /** How many mails were taken to their end. */
    public long mails() {
        return mails.sum();
    }

    /** How many octets came, also those of mails that came to no end. */
    public long octets() {
        return octets.sum();
    }

    @Override
    public Intake open(Envelope envelope) {
        return new Counting(envelope);
    }

    private final class Counting implements Intake {
        private final Envelope envelope;

        Counting(Envelope envelope) {
            this.envelope = envelope;
        }

        @Override
        public void write(ByteBuffer content) {
            octets.add(content.remaining());
            content.position(content.limit());
        }

        @Override
        public Acceptance commit() {
            mails.increment();
            return Acceptance.all(envelope, DISCARDED);
        }

        @Override
        public void abort() {
            // what did not come to its end was not counted
        }
    }
}
