package org.mailwright.smtp.server.command;

import java.util.ArrayList;
import java.util.List;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * EHLO and HELO (RFC 5321 §4.1.1.1), and LHLO (RFC 2033 §4.1) in their place on an LMTP listener.
 *
 * @since 0.1.0
 */
public final class HelloCommands implements Extension {

    private static final int LONGEST_NAME = 255;
    private static final String FORBIDDEN = "<>()\\,;:\"@ ";
    private static final Reply NO_NAME = Reply.of(501, "5.5.4", "Expected a domain or an address literal");

    @Override
    public String id() {
        return "HELLO";
    }

    @Override
    public void server(ServerSide side) {
        side.verb(spec("EHLO").on(Role.MX, Role.SUBMISSION), extended());
        side.verb(spec("LHLO").on(Role.LMTP), extended());
        side.verb(spec("HELO").on(Role.MX, Role.SUBMISSION), (VerbHandler & NonBlocking) HelloCommands::helo);
    }

    private static VerbSpec spec(String verb) {
        return VerbSpec.of(verb)
                .in(Phase.CONNECTED, Phase.GREETED, Phase.TRANSACTION)
                .with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION, Trait.LAST_IN_GROUP, Trait.JUNK)
                .running(Stage.HELLO)
                .help(verb + " <SP> domain");
    }

    private static VerbHandler extended() {
        return (VerbHandler & NonBlocking) (command, session) -> {
            session.greet(new Hello(name(command), true));
            List<String> lines = new ArrayList<>();
            lines.add(session.hostname());
            lines.addAll(session.keywords());
            return Step.say(Reply.of(250, lines));
        };
    }

    private static Step helo(Command command, Session session) throws SmtpException, java.io.IOException {
        session.greet(new Hello(name(command), false));
        return Step.say(Reply.of(250, session.hostname()));
    }

    /** Real clients give names that are no domains, such as "my_laptop": those pass; what could hurt a log does not. */
    private static String name(Command command) throws SmtpException {
        String name = command.arguments();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new SmtpException(NO_NAME);
        }
        if (name.charAt(0) == '[') {
            try {
                return AddressLiteral.parse(name).toString();
            } catch (AddressSyntaxException malformed) {
                throw new SmtpException(NO_NAME);
            }
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 127 || FORBIDDEN.indexOf(c) >= 0) {
                throw new SmtpException(NO_NAME);
            }
        }
        return name;
    }
}
