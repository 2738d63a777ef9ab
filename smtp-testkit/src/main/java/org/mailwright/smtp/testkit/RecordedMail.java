package org.mailwright.smtp.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.mail.Envelope;

/**
 * A mail that a {@link RecordingSink} took: envelope and content.
 *
 * @since 0.1.0
 */
public final class RecordedMail {

    private final Envelope envelope;
    private final byte[] content;

    RecordedMail(Envelope envelope, byte[] content) {
        this.envelope = envelope;
        this.content = content;
    }

    /** Returns the envelope. */
    public Envelope envelope() {
        return envelope;
    }

    /** Returns the content as it reached the sink. */
    public byte[] octets() {
        return content.clone();
    }

    /** Returns the content, one char per octet. */
    public String text() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** Returns the forward-paths of the recipients as they stand in RCPT, with a blank between two. */
    public String recipients() {
        StringBuilder all = new StringBuilder();
        envelope.recipients()
                .forEach(recipient -> all.append(all.isEmpty() ? "" : " ")
                        .append(recipient.path().path()));
        return all.toString();
    }

    /** Tells whether all but the ids is the same: paths, attributes and content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedMail that
                && envelope.reversePath().equals(that.envelope.reversePath())
                && envelope.recipients().equals(that.envelope.recipients())
                && envelope.attributes().equals(that.envelope.attributes())
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return envelope.reversePath() + " to " + envelope.recipients() + ": " + content.length + " octets";
    }
}
