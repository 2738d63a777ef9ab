package org.mailwright.smtp.server.command;

import java.io.IOException;
import org.mailwright.smtp.core.address.AddressFault;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.address.Scan;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * MAIL, RCPT, DATA and RSET: the mail transaction (RFC 5321 §4.1.1.2–4.1.1.5).
 *
 * @since 0.1.0
 */
public final class MailCommands implements Extension {

    private static final Step SENDER_OK = Step.say(Reply.of(250, "2.1.0", "Sender OK"));
    private static final Step RECIPIENT_OK = Step.say(Reply.of(250, "2.1.5", "Recipient OK"));
    private static final Step FORGOTTEN = Step.say(Reply.of(250, "2.0.0", "OK"));
    private static final Reply GO_AHEAD = Reply.of(354, "End data with <CR><LF>.<CR><LF>");
    private static final Reply BEGUN = Reply.of(503, "5.5.1", "The content comes in chunks already");
    private static final Reply NO_ARGUMENTS = Reply.of(501, "5.5.4", "No arguments allowed");
    private static final Reply EXPECTED_FROM = Reply.of(501, "5.5.4", "Expected MAIL FROM:<address>");
    private static final Reply EXPECTED_TO = Reply.of(501, "5.5.4", "Expected RCPT TO:<address>");

    @Override
    public String id() {
        return "MAIL";
    }

    @Override
    public void server(ServerSide side) {
        side.verb(
                VerbSpec.of("MAIL")
                        .in(Phase.GREETED)
                        .running(Stage.MAIL)
                        .help("MAIL <SP> FROM:<reverse-path> [<SP> parameters]"),
                (VerbHandler & NonBlocking) MailCommands::mail);
        side.verb(
                VerbSpec.of("RCPT")
                        .in(Phase.TRANSACTION)
                        .running(Stage.RCPT)
                        .help("RCPT <SP> TO:<forward-path> [<SP> parameters]"),
                (VerbHandler & NonBlocking) MailCommands::rcpt);
        side.verb(
                VerbSpec.of("DATA")
                        .in(Phase.TRANSACTION)
                        .with(Trait.LAST_IN_GROUP)
                        .running(Stage.DATA),
                (VerbHandler & NonBlocking) MailCommands::data);
        side.verb(
                VerbSpec.of("RSET")
                        .in(Phase.CONNECTED, Phase.GREETED, Phase.TRANSACTION)
                        .with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION, Trait.JUNK),
                (VerbHandler & NonBlocking) MailCommands::rset);
    }

    private static Step mail(Command command, Session session) throws SmtpException, IOException {
        int at = behind("FROM:", command.arguments(), EXPECTED_FROM);
        return switch (ReversePath.scan(command.arguments(), at, true)) {
            case Scan.Found<ReversePath>(ReversePath path, int end) ->
                session.begin(path, EsmtpParameters.parse(command.arguments(), end))
                        .map(Step::say)
                        .orElse(SENDER_OK);
            case Scan.Refused<ReversePath>(AddressFault fault) -> throw refusal(fault, "5.1.7", 550);
        };
    }

    private static Step rcpt(Command command, Session session) throws SmtpException, IOException {
        int at = behind("TO:", command.arguments(), EXPECTED_TO);
        return switch (ForwardPath.scan(command.arguments(), at, true)) {
            case Scan.Found<ForwardPath>(ForwardPath path, int end) ->
                session.recipient(path, EsmtpParameters.parse(command.arguments(), end))
                        .map(Step::say)
                        .orElse(RECIPIENT_OK);
            case Scan.Refused<ForwardPath>(AddressFault fault) -> throw refusal(fault, "5.1.3", 553);
        };
    }

    private static Step data(Command command, Session session) throws SmtpException, IOException {
        requireNone(command);
        if (session.contentBegun()) {
            throw new SmtpException(BEGUN);
        }
        return new Step.Receive(GO_AHEAD, session.mail());
    }

    private static Step rset(Command command, Session session) throws SmtpException {
        requireNone(command);
        session.reset();
        return FORGOTTEN;
    }

    /** Returns where the path begins. Blanks before it are wrong (RFC 5321 §3.3), but old devices send them. */
    private static int behind(String word, String arguments, Reply expected) throws SmtpException {
        if (!arguments.regionMatches(true, 0, word, 0, word.length())) {
            throw new SmtpException(expected);
        }
        int at = word.length();
        while (at < arguments.length() && arguments.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /** What is not ASCII has a code for each command (RFC 6531 §3.5). */
    private static SmtpException refusal(AddressFault fault, String enhanced, int international) {
        return switch (fault.kind()) {
            case SYNTAX, TOO_LONG -> SmtpException.of(501, enhanced, fault.message());
            case NOT_ASCII -> SmtpException.of(international, "5.6.7", fault.message());
        };
    }

    private static void requireNone(Command command) throws SmtpException {
        if (!command.arguments().isEmpty()) {
            throw new SmtpException(NO_ARGUMENTS);
        }
    }
}
