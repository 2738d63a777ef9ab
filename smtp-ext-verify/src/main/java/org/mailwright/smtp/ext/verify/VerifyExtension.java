package org.mailwright.smtp.ext.verify;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * VRFY and EXPN (RFC 5321 §3.5): ask a {@link Directory} who a user is, and who is on a list. Where they are off, both
 * answer 252 without looking anything up (§7.3): VRFY belongs to the least that a server must know (§4.5.1).
 *
 * <p>Where the listener has SMTPUTF8, names may be in UTF-8, and so may be the answer to who says SMTPUTF8 behind the
 * name. To anybody else a mailbox that is not in US-ASCII is not told: X.6.8 (RFC 6531 §3.7.4.2).
 *
 * @since 0.1.0
 */
public final class VerifyExtension implements Extension {

    /** Whether the peer of a client says that it expands lists. */
    public static final AttributeKey<Boolean> PEER_EXPANDS = AttributeKey.of("expn", Scope.TLS_EPOCH);

    private final VerifyConfig config;
    private final Directory directory;

    /** Both verbs, telling nothing of anyone. */
    public VerifyExtension() {
        this(VerifyConfig.DEFAULT, Directory.silent());
    }

    /** Both verbs, asking a directory where the configuration allows. */
    @Inject
    public VerifyExtension(VerifyConfig config, Directory directory) {
        this.config = config;
        this.directory = directory;
    }

    @Override
    public String id() {
        return "VRFY";
    }

    /** Reads {@code verify} and {@code expand}: lists of the roles of listeners on which they are on. */
    @Override
    public Extension configured(Settings settings) {
        settings.only("verify", "expand");
        return new VerifyExtension(
                new VerifyConfig(
                        roles(settings, "verify").orElse(config.verify()),
                        roles(settings, "expand").orElse(config.expand())),
                directory);
    }

    private static Optional<Set<Role>> roles(Settings settings, String key) {
        return settings.texts(key).map(names -> {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (String name : names) {
                roles.add(settings.read(key, "a list of mx, submission, lmtp", value -> role(name))
                        .orElseThrow());
            }
            return roles;
        });
    }

    private static Optional<Role> role(String name) {
        return List.of(Role.values()).stream()
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    @Override
    public void server(ServerSide side) {
        boolean quick = !NonBlocking.mayBlock(directory);
        if (config.verify().contains(side.role())) {
            side.keyword("VRFY");
            side.verb(spec("VRFY"), quick ? (VerbHandler & NonBlocking) this::verify : this::verify);
        } else {
            side.verb(spec("VRFY"), off(Answers.UNVERIFIED));
        }
        if (config.expand().contains(side.role())) {
            side.keyword("EXPN");
            side.verb(spec("EXPN"), quick ? (VerbHandler & NonBlocking) this::expand : this::expand);
        } else {
            side.verb(spec("EXPN"), off(Answers.UNDISCLOSED));
        }
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate("EXPN", words -> Optional.of(true), PEER_EXPANDS);
    }

    private static VerbSpec spec(String verb) {
        return VerbSpec.of(verb)
                .in(Phase.CONNECTED, Phase.GREETED, Phase.TRANSACTION)
                .with(Trait.LAST_IN_GROUP, Trait.JUNK)
                .help(verb + " <SP> string");
    }

    /** What is off still wants a name, and answers the same to each. */
    private static VerbHandler off(Reply reply) {
        return (VerbHandler & NonBlocking) (command, session) -> {
            Question.of(command, session);
            return Step.say(reply);
        };
    }

    private Step verify(Command command, Session session) throws SmtpException, IOException {
        Question question = Question.of(command, session);
        return Step.say(Answers.of(directory.verify(question.name(), session), question.utf8()));
    }

    private Step expand(Command command, Session session) throws SmtpException, IOException {
        Question question = Question.of(command, session);
        return Step.say(Answers.of(directory.expand(question.name(), session), question.utf8()));
    }
}
