package org.mailwright.smtp.ext.turn;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * ATRN (RFC 2645, on-demand mail relay): a user fetches the mail of his domains over the connection that he has opened;
 * client and server change places for it. The client half fetches what the {@link #REQUEST} of its destination names.
 *
 * @since 0.1.0
 */
public final class AtrnExtension implements Extension {

    /** What a client fetches; a setting of its destination. */
    public static final AttributeKey<Fetch> REQUEST = AttributeKey.of("atrn-request", Scope.CONNECTION);

    /** The port of on-demand mail relay (RFC 2645 §4). */
    public static final int PORT = 366;

    private static final String ATRN = "ATRN";
    private static final int ORDER = 10;
    private static final int LONGEST_LINE = 4096;
    private static final Reply STRANGER = Reply.of(530, "5.7.0", "Authentication required");
    private static final Reply NOTHING_KEPT =
            Reply.of(450, "4.7.1", "ATRN request refused: no mail is kept for you here");
    private static final Reply NOT_ALL = Reply.of(450, "4.7.1", "ATRN request refused: not all of these are yours");
    private static final Reply NO_MAIL = Reply.of(453, "4.2.0", "You have no mail");
    private static final Reply BAD_DOMAINS = Reply.of(501, "5.5.4", "Expected domains with commas between them");
    private static final Reply GRANTED = Reply.of(250, "2.0.0", "OK now reversing the connection");

    private final HeldMail held;

    /** Keeps no mail: for clients. */
    public AtrnExtension() {
        this(HeldMail.none());
    }

    /** Gives away this mail. */
    @Inject
    public AtrnExtension(HeldMail held) {
        this.held = held;
    }

    @Override
    public String id() {
        return ATRN;
    }

    /** Where users log in. */
    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.of(Role.SUBMISSION);
    }

    @Override
    public void server(ServerSide side) {
        VerbSpec spec = VerbSpec.of(ATRN)
                .in(Phase.GREETED)
                .on(Role.MX, Role.SUBMISSION)
                .with(Trait.BEFORE_AUTHENTICATION, Trait.LAST_IN_GROUP, Trait.JUNK)
                .line(LONGEST_LINE)
                .help("ATRN [<SP> domain *(\",\" domain)]");
        boolean quick = !NonBlocking.mayBlock(held);
        side.keyword(ATRN).verb(spec, quick ? (VerbHandler & NonBlocking) this::answer : this::answer);
    }

    private Step answer(Command command, Session session) throws SmtpException, IOException {
        Identity user = session.identity().orElseThrow(() -> new SmtpException(STRANGER));
        Set<Domain> asked = domains(command.arguments());
        Set<Domain> allowed = held.domains(user);
        if (allowed.isEmpty()) {
            throw new SmtpException(NOTHING_KEPT);
        }
        if (!allowed.containsAll(asked)) {
            throw new SmtpException(NOT_ALL);
        }
        Optional<RoleTaker> sender = held.fetch(asked.isEmpty() ? allowed : asked, session);
        return new Step.ReverseRoles(GRANTED, sender.orElseThrow(() -> new SmtpException(NO_MAIL)));
    }

    private static Set<Domain> domains(String arguments) throws SmtpException {
        Set<Domain> domains = new LinkedHashSet<>();
        if (arguments.isBlank()) {
            return domains;
        }
        for (String one : arguments.split(",", -1)) {
            try {
                domains.add(Domain.parse(one.strip()));
            } catch (AddressSyntaxException e) {
                throw new SmtpException(BAD_DOMAINS, null);
            }
        }
        return domains;
    }

    @Override
    public void client(ClientSide side) {
        side.step(ClientPhase.READY, ORDER, new Asking(ATRN, REQUEST, fetch -> Command.of(ATRN, written(fetch))));
    }

    private static String written(Fetch fetch) {
        return fetch.domains().stream().map(Domain::canonical).collect(Collectors.joining(","));
    }
}
