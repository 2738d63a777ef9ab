package org.mailwright.smtp.server.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Puts a {@code Received:} field on top of each mail (RFC 5321 §4.4), and refuses a mail that already has so many of
 * them that it must be going round in circles (§6.3).
 *
 * @since 0.1.0
 */
public final class TraceFields implements Extension {

    /** Where the stage stands among the content stages: next to the sink, so that the field comes out on top. */
    public static final int ORDER = 1000;

    /** Received fields of a mail that is no loop yet (RFC 5321 §6.3: at least 100). */
    public static final int DEFAULT_HOPS = 100;

    private static final Reply LOOP = Reply.of(554, "5.4.6", "Too many hops, this mail is looping");

    private final MailDate date;
    private final int hops;

    /**
     * Trace fields by a clock.
     *
     * @param clock gives time and zone of the field
     * @param hops Received fields that a mail may bring
     */
    public TraceFields(Clock clock, int hops) {
        if (hops < 1) {
            throw new IllegalArgumentException("hops: expected 1 or more, found " + hops);
        }
        this.date = new MailDate(clock);
        this.hops = hops;
    }

    @Override
    public String id() {
        return "TRACE";
    }

    @Override
    public void server(ServerSide side) {
        side.content(ORDER, (ContentStage.Factory & NonBlocking) this::stage);
    }

    private ContentStage stage(Envelope envelope, SessionView session) {
        return new Tracing(envelope);
    }

    private final class Tracing implements ContentStage {

        private final Envelope envelope;
        private final HeaderScanner header = new HeaderScanner(this::field);
        private boolean begun;
        private int received;

        Tracing(Envelope envelope) {
            this.envelope = envelope;
        }

        private void field(String name) {
            if (name.equals("received")) {
                received++;
            }
        }

        @Override
        public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
            begin(next);
            if (!header.ended()) {
                header.scan(octets);
                if (received > hops) {
                    throw new SmtpException(LOOP);
                }
            }
            next.write(octets);
        }

        @Override
        public void end(Next next) throws SmtpException, IOException {
            begin(next);
        }

        private void begin(Next next) throws SmtpException, IOException {
            if (!begun) {
                begun = true;
                next.write(ByteBuffer.wrap(ReceivedField.of(envelope, date.now())));
            }
        }
    }
}
