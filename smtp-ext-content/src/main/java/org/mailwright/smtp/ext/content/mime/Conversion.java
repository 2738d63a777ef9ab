package org.mailwright.smtp.ext.content.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Makes the content of a mail fit for a server that takes less than it has.
 *
 * @param target what the server takes
 * @param lines whether the content is lines already: its bare CR and LF are mended on the way. False for binary content
 * @since 0.1.0
 */
public record Conversion(Target target, boolean lines) {

    /** Tells whether a body fits as it is. Reads it, unless it knows; may block. */
    public boolean fits(Body body) throws IOException {
        if (lines && body.content() != Body.Content.UNKNOWN) {
            return body.content() == Body.Content.SEVEN_BIT || target == Target.EIGHT_BIT;
        }
        try (InputStream octets = body.open()) {
            return !new Octets(octets, target, lines).drained().misfit();
        }
    }

    /**
     * Returns a body that fits: the same if it does already, else one that is converted while it is read. May block.
     *
     * @throws SmtpException 554 5.6.3 when it cannot be made to fit
     */
    public Body of(Body body) throws SmtpException, IOException {
        if (!body.replayable()) {
            return new GuardedBody(body, this);
        }
        if (fits(body)) {
            return new KnownBody(body, target.content());
        }
        List<Action> actions;
        try (InputStream octets = body.open()) {
            actions = Survey.of(octets, target, lines);
        }
        Body converted = Body.of(OptionalLong.empty(), () -> open(body, actions));
        if (body.memory().isEmpty()) {
            return new KnownBody(converted, target.content());
        }
        try (InputStream octets = converted.open()) {
            return Body.of(octets.readAllBytes());
        }
    }

    private InputStream open(Body body, List<Action> actions) throws IOException {
        return new Rewriter(body.open(), actions.iterator(), target, lines);
    }
}
