package org.mailwright.smtp.ext.turn;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.RoleTaker;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * TURN (RFC 821 §3.8): a host fetches its mail over the connection that it has opened. Given only to a user who may
 * fetch the mail of the domain by which his host presents itself, for whoever could just say so would get the mail of
 * others (RFC 5321 appendix F.1). The client half does it where its destination has a {@link #REQUEST}.
 *
 * @since 0.1.0
 */
public final class TurnExtension implements Extension {

    /** What a client fetches; a setting of its destination. */
    public static final AttributeKey<Fetch> REQUEST = AttributeKey.of("turn-request", Scope.CONNECTION);

    private static final String TURN = "TURN";
    private static final int ORDER = 20;
    private static final Reply STRANGER = Reply.of(502, "5.7.0", "TURN is refused without authentication");
    private static final Reply NOT_YOURS = Reply.of(502, "5.7.1", "TURN is refused: that host's mail is not yours");
    private static final Reply NO_MAIL = Reply.of(502, "5.5.1", "TURN is refused: no mail waits for that host");
    private static final Reply NO_ARGUMENTS = Reply.of(501, "5.5.4", "TURN takes no arguments");
    private static final Reply GRANTED = Reply.of(250, "2.0.0", "OK now reversing the connection");

    private final HeldMail held;

    /** Keeps no mail: for clients. */
    public TurnExtension() {
        this(HeldMail.none());
    }

    /** Gives away this mail. */
    @Inject
    public TurnExtension(HeldMail held) {
        this.held = held;
    }

    @Override
    public String id() {
        return TURN;
    }

    /** Where users log in. */
    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.of(Role.SUBMISSION);
    }

    @Override
    public void server(ServerSide side) {
        VerbSpec spec = VerbSpec.of(TURN)
                .in(Phase.GREETED)
                .on(Role.MX, Role.SUBMISSION)
                .with(Trait.BEFORE_AUTHENTICATION, Trait.LAST_IN_GROUP, Trait.JUNK)
                .help(TURN);
        boolean quick = !NonBlocking.mayBlock(held);
        side.keyword(TURN).verb(spec, quick ? (VerbHandler & NonBlocking) this::answer : this::answer);
    }

    private Step answer(Command command, Session session) throws SmtpException, IOException {
        if (!command.arguments().isBlank()) {
            throw new SmtpException(NO_ARGUMENTS);
        }
        Identity user = session.identity().orElseThrow(() -> new SmtpException(STRANGER));
        Domain host = session.hello().flatMap(TurnExtension::domain).orElseThrow(() -> new SmtpException(NOT_YOURS));
        if (!held.domains(user).contains(host)) {
            throw new SmtpException(NOT_YOURS);
        }
        Optional<RoleTaker> sender = held.fetch(Set.of(host), session);
        return new Step.ReverseRoles(GRANTED, sender.orElseThrow(() -> new SmtpException(NO_MAIL)));
    }

    private static Optional<Domain> domain(Hello hello) {
        try {
            return Optional.of(Domain.parse(hello.name()));
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public void client(ClientSide side) {
        side.step(ClientPhase.READY, ORDER, new Asking(TURN, REQUEST, fetch -> Command.of(TURN)));
    }
}
