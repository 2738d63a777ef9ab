package org.mailwright.smtp.ext.auth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.address.Scan;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.command.EsmtpParameters;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/** As many of the usual commands as a dialogue about AUTH needs. */
final class Basics implements Extension {

    @Override
    public String id() {
        return "BASICS";
    }

    @Override
    public void server(ServerSide side) {
        Phase[] late = {Phase.GREETED, Phase.TRANSACTION};
        side.enhancedStatusCodes()
                .verb(anyone("EHLO").in(Phase.CONNECTED, late), (command, session) -> hello(command, session, true))
                .verb(anyone("HELO").in(Phase.CONNECTED, late), (command, session) -> hello(command, session, false))
                .verb(VerbSpec.of("MAIL").in(Phase.GREETED), this::mail)
                .verb(VerbSpec.of("RSET"), (command, session) -> {
                    session.reset();
                    return ok();
                })
                .verb(anyone("NOOP"), (command, session) -> ok())
                .verb(anyone("QUIT"), (command, session) -> new Step.Close(Reply.of(221, "2.0.0", "Bye")));
    }

    private static VerbSpec anyone(String verb) {
        return VerbSpec.of(verb).with(Trait.BEFORE_AUTHENTICATION);
    }

    private Step hello(Command command, Session session, boolean extended) throws SmtpException, IOException {
        session.greet(new Hello(command.arguments(), extended));
        if (!extended) {
            return Step.say(Reply.of(250, session.hostname()));
        }
        List<String> lines = new ArrayList<>(session.keywords());
        lines.add(0, session.hostname());
        return Step.say(Reply.of(250, lines));
    }

    private Step mail(Command command, Session session) throws SmtpException, IOException {
        String text = command.arguments();
        Scan<ReversePath> path = ReversePath.scan(text, "FROM:".length(), false);
        if (!(path instanceof Scan.Found<ReversePath> found)) {
            throw SmtpException.of(501, "5.5.4", "Bad path");
        }
        session.begin(found.value(), EsmtpParameters.parse(text, found.end()));
        Optional<Submitter> submitter = session.get(Submitter.KEY);
        return Step.say(
                Reply.of(250, "2.1.0", submitter.map(s -> "From " + s.mailbox()).orElse("Ok")));
    }

    private static Step ok() {
        return Step.say(Reply.of(250, "2.0.0", "Ok"));
    }
}
