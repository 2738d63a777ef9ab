package org.mailwright.smtp.server.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Adds the header fields that a submitted mail should have and has not: {@code Date:} and {@code Message-ID:} (RFC 6409
 * §8.2, §8.3). Only on submission listeners; a relay never touches what it carries.
 *
 * @since 0.1.0
 */
public final class SubmissionFields implements Extension {

    /** Where the stage stands among the content stages. */
    public static final int ORDER = 500;

    private final MailDate date;

    /** Fields by a clock, which gives time and zone of {@code Date:}. */
    public SubmissionFields(Clock clock) {
        this.date = new MailDate(clock);
    }

    @Override
    public String id() {
        return "SUBMISSION";
    }

    @Override
    public void server(ServerSide side) {
        if (side.role() == Role.SUBMISSION) {
            side.content(ORDER, (ContentStage.Factory & NonBlocking) (envelope, session) -> new Completing(envelope));
        }
    }

    private final class Completing implements ContentStage {

        private final Envelope envelope;
        private final Set<String> seen = new HashSet<>();
        private final HeaderScanner header = new HeaderScanner(this::field);
        private boolean done;

        Completing(Envelope envelope) {
            this.envelope = envelope;
        }

        private void field(String name) {
            if (name.equals("date") || name.equals("message-id")) {
                seen.add(name);
            }
        }

        @Override
        public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
            if (!done) {
                int length = header.scan(octets);
                if (header.broken()) {
                    done = true; // where its header ends is anyone's guess: better no field than one within the text
                } else if (header.ended()) {
                    ByteBuffer fields = octets.slice(octets.position(), length);
                    octets.position(octets.position() + length);
                    next.write(fields);
                    complete(next);
                }
            }
            next.write(octets);
        }

        @Override
        public void end(Next next) throws SmtpException, IOException {
            if (!done) {
                complete(next); // a mail that is all header
            }
        }

        private void complete(Next next) throws SmtpException, IOException {
            done = true;
            StringBuilder missing = new StringBuilder();
            if (!seen.contains("date")) {
                missing.append("Date: ").append(date.now()).append("\r\n");
            }
            if (!seen.contains("message-id")) {
                missing.append("Message-ID: <").append(envelope.id()).append('@');
                missing.append(envelope.origin().hostname()).append(">\r\n");
            }
            if (missing.length() > 0) {
                next.write(ByteBuffer.wrap(missing.toString().getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }
}
