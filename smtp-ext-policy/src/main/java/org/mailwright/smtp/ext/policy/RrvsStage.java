package org.mailwright.smtp.ext.policy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.extension.ContentStage;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Judges the header field Require-Recipient-Valid-Since (RFC 7293 §3.2): {@code address; date}. A field that names no
 * recipient of the envelope, or makes no sense, is passed over (§5.2); so is one whose recipient has the parameter,
 * which was judged already.
 */
final class RrvsStage implements ContentStage {

    private final Envelope envelope;
    private final RrvsExtension extension;
    private final HeaderFields fields = new HeaderFields("Require-Recipient-Valid-Since");
    private boolean judged;

    RrvsStage(Envelope envelope, RrvsExtension extension) {
        this.envelope = envelope;
        this.extension = extension;
    }

    @Override
    public void write(ByteBuffer octets, Next next) throws SmtpException, IOException {
        fields.read(octets);
        if (fields.ended()) {
            judge();
        }
        next.write(octets);
    }

    @Override
    public void end(Next next) throws SmtpException, IOException {
        fields.end();
        judge();
    }

    private void judge() throws SmtpException, IOException {
        if (judged) {
            return;
        }
        judged = true;
        for (String value : fields.values()) {
            int semicolon = value.lastIndexOf(';');
            Optional<Mailbox> mailbox =
                    mailbox(value.substring(0, Math.max(semicolon, 0)).strip());
            Optional<Instant> since = date(value.substring(semicolon + 1).strip());
            if (mailbox.isPresent() && since.isPresent()) {
                judge(mailbox.get(), since.get());
            }
        }
    }

    private void judge(Mailbox mailbox, Instant since) throws SmtpException, IOException {
        for (Recipient recipient : envelope.recipients()) {
            if (recipient.path().equals(mailbox) && !recipient.attributes().has(RrvsExtension.VALID_SINCE)) {
                Optional<Reply> refusal = extension.refusal(mailbox, since);
                if (refusal.isPresent()) {
                    throw new SmtpException(refusal.get());
                }
            }
        }
    }

    private static Optional<Mailbox> mailbox(String text) {
        try {
            return Optional.of(Mailbox.parse(text));
        } catch (AddressSyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
