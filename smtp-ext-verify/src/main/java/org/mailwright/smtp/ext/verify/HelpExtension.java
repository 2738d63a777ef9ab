package org.mailwright.smtp.ext.verify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.EnhancedCode;
import org.mailwright.smtp.core.reply.Reply;

/**
 * HELP (RFC 5321 §4.1.1.8): the commands that a listener knows, and how each is written. What it says comes from the
 * verbs that are there, so it tells of each extension that is on, and of none that is off.
 *
 * <p>RFC 5321 §4.5.1 does not count it among what a server must know; without this extension it is answered 500.
 *
 * @since 0.1.0
 */
public final class HelpExtension implements Extension {

    /** Whether the peer of a client says that it helps. */
    public static final AttributeKey<Boolean> PEER_HELPS = AttributeKey.of("help", Scope.TLS_EPOCH);

    private static final String KEYWORD = "HELP";
    private static final EnhancedCode FINE = new EnhancedCode(2, 0, 0);
    private static final Step NO_SUCH_TOPIC = Step.say(Reply.of(504, "5.5.4", "No help on that; say HELP alone"));

    @Override
    public String id() {
        return KEYWORD;
    }

    @Override
    public void server(ServerSide side) {
        side.keyword(KEYWORD)
                .verb(
                        VerbSpec.of(KEYWORD)
                                .in(Phase.CONNECTED, Phase.GREETED, Phase.TRANSACTION)
                                .with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION, Trait.JUNK)
                                .help("HELP [<SP> command]"),
                        (VerbHandler & NonBlocking) HelpExtension::help);
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate(KEYWORD, words -> Optional.of(true), PEER_HELPS);
    }

    private static Step help(Command command, Session session) {
        String topic = command.arguments().strip().toUpperCase(Locale.ROOT);
        if (topic.isEmpty()) {
            return told(Stream.concat(
                            Stream.of("Commands:"), session.verbs().stream().map(VerbSpec::syntax))
                    .toList());
        }
        return session.verbs().stream()
                .filter(spec -> spec.verb().equals(topic))
                .findFirst()
                .map(spec -> told(List.of(spec.syntax())))
                .orElse(NO_SUCH_TOPIC);
    }

    private static Step told(List<String> lines) {
        return Step.say(Reply.of(214, FINE, lines));
    }
}
