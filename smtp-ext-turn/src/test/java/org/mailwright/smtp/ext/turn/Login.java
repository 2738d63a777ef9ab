package org.mailwright.smtp.ext.turn;

import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.reply.Reply;

/** A way to be somebody without a password: {@code LOGIN name}. */
record Login(String name) implements Extension {

    Login() {
        this("nobody");
    }

    @Override
    public String id() {
        return "LOGIN";
    }

    @Override
    public void server(ServerSide side) {
        side.verb(VerbSpec.of("LOGIN").with(VerbSpec.Trait.BEFORE_AUTHENTICATION), (command, session) -> {
            session.authenticated(new Identity(command.arguments(), "X"));
            return Step.say(Reply.of(235, "2.7.0", "Welcome"));
        });
    }

    @Override
    public void client(ClientSide side) {
        side.step(
                ClientPhase.AUTHENTICATE,
                0,
                peer -> ClientMove.send(ClientLine.of(Command.of("LOGIN", name)), (reply, again) -> ClientMove.done()));
    }
}
