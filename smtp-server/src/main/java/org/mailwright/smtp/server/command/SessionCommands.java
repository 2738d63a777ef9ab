package org.mailwright.smtp.server.command;

import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;

/**
 * NOOP and QUIT (RFC 5321 §4.1.1.9, §4.1.1.10).
 *
 * @since 0.1.0
 */
public final class SessionCommands implements Extension {

    private static final Step OK = Step.say(Reply.of(250, "2.0.0", "OK"));
    private static final Step NO_ARGUMENTS = Step.say(Reply.of(501, "5.5.4", "No arguments allowed"));

    @Override
    public String id() {
        return "SESSION";
    }

    @Override
    public void server(ServerSide side) {
        side.verb(
                anytime("NOOP").with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION, Trait.LAST_IN_GROUP, Trait.JUNK),
                (VerbHandler & NonBlocking) (command, session) -> OK);
        side.verb(
                anytime("QUIT").with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION, Trait.LAST_IN_GROUP),
                (VerbHandler & NonBlocking) SessionCommands::quit);
    }

    private static VerbSpec anytime(String verb) {
        return VerbSpec.of(verb).in(Phase.CONNECTED, Phase.GREETED, Phase.TRANSACTION);
    }

    private static Step quit(Command command, Session session) {
        return command.arguments().isEmpty()
                ? new Step.Close(Reply.of(221, "2.0.0", session.hostname() + " closing connection"))
                : NO_ARGUMENTS;
    }
}
