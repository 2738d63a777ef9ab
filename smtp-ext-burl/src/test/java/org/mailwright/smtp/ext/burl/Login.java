package org.mailwright.smtp.ext.burl;

import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.reply.Reply;

/** A way to be somebody without a password: {@code LOGIN name}. */
final class Login implements Extension {

    @Override
    public String id() {
        return "LOGIN";
    }

    @Override
    public void server(ServerSide side) {
        side.verb(VerbSpec.of("LOGIN"), (command, session) -> {
            session.authenticated(new Identity(command.arguments(), "X"));
            return Step.say(Reply.of(235, "2.7.0", "Welcome"));
        });
    }
}
