package org.mailwright.smtp.ext.auth;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.core.extension.LineHandler;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to log in: carries challenges and responses between the session and the mechanism. */
final class AuthDialogue implements LineHandler {

    /** A response has up to 12288 octets of base64 (RFC 4954 section 4); some room is left for CRLF and the command. */
    static final int LINE = 12_288 + 512;

    static final Reply NOT_BASE64 = Reply.of(501, "5.5.2", "Cannot decode base64 data");

    private static final Logger LOG = LoggerFactory.getLogger(AuthDialogue.class);
    private static final Reply CANCELLED = Reply.of(501, "5.7.0", "Authentication cancelled");
    private static final Reply MALFORMED = Reply.of(501, "5.5.2", "Malformed authentication data");
    private static final Reply LATER = Reply.of(454, "4.7.0", "Temporary authentication failure");
    private static final Reply WELCOME = Reply.of(235, "2.7.0", "Authentication successful");
    private static final int LONGEST_CHALLENGE = Reply.MAX_LINE - "334 ".length();

    private final String mechanism;
    private final ServerExchange exchange;
    private final Attempts attempts;

    AuthDialogue(String mechanism, ServerExchange exchange, Attempts attempts) {
        this.mechanism = mechanism;
        this.exchange = exchange;
        this.attempts = attempts;
    }

    Step begin(Optional<byte[]> initial, Session session) throws SmtpException, IOException {
        try {
            return answer(initial.isPresent() ? exchange.step(initial.get()) : exchange.open(), session);
        } catch (IOException e) {
            return later(session, e);
        }
    }

    @Override
    public Step line(String line, Session session) throws SmtpException, IOException {
        if (line.equals("*")) {
            throw new SmtpException(CANCELLED);
        }
        byte[] response = Base64Text.decode(line).orElseThrow(() -> new SmtpException(NOT_BASE64));
        try {
            return answer(exchange.step(response), session);
        } catch (IOException e) {
            return later(session, e);
        }
    }

    private Step answer(SaslStep step, Session session) throws SmtpException, IOException {
        return switch (step) {
            case SaslStep.Challenge challenge -> ask(challenge);
            case SaslStep.Success success -> welcome(success, session);
            case SaslStep.Failure(SaslStep.Reason reason, String detail) -> refuse(reason, detail, session);
        };
    }

    private Step ask(SaslStep.Challenge challenge) throws IOException {
        String text = Base64Text.encode(challenge.data());
        if (text.length() > LONGEST_CHALLENGE) {
            throw new IOException(mechanism + " has a challenge that does not fit into a reply");
        }
        return new Step.Ask(Reply.of(334, text), this, LINE);
    }

    private Step welcome(SaslStep.Success success, Session session) throws SmtpException, IOException {
        session.authenticated(new Identity(success.user().value(), mechanism));
        LOG.info("{} {} logged in as {} with {}", session.id(), success.authenticated(), success.user(), mechanism);
        return Step.say(WELCOME);
    }

    private Step refuse(SaslStep.Reason reason, String detail, Session session) {
        LOG.info("{} login with {} from {} failed: {}", session.id(), mechanism, session.remoteAddress(), detail);
        return switch (reason) {
            case MALFORMED -> Step.say(MALFORMED);
            case CREDENTIALS -> attempts.failed(session);
        };
    }

    private Step later(Session session, IOException cause) {
        LOG.warn("{} login with {} cannot be checked: {}", session.id(), mechanism, cause.toString());
        return Step.say(LATER);
    }
}
