package org.mailwright.smtp.ext.auth;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.ext.auth.client.ClientCredentials;
import org.mailwright.smtp.ext.auth.client.ClientMechanisms;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;

/**
 * AUTH (RFC 4954): lets users log in to a server, and logs a client in.
 *
 * <p>The server half offers the mechanisms that can be used on the connection as it is now, and nothing where there is
 * none. The client half does something only for a destination for which it has {@link #CREDENTIALS}.
 *
 * @since 0.1.0
 */
public final class AuthExtension implements Extension {

    /** What a client logs in with; the caller gives it with the destination. */
    public static final AttributeKey<ClientCredentials> CREDENTIALS =
            AttributeKey.of("auth-credentials", Scope.CONNECTION);

    /** Whether a client may send a password where others can read it; the caller gives it with the destination. */
    public static final AttributeKey<Boolean> PLAIN_TEXT_IN_CLEAR =
            AttributeKey.of("auth-plain-text-in-clear", Scope.CONNECTION);

    /** What becomes of a mail whose server offers no way to log in, in a conversation without TLS. */
    public static final Reply NO_WAY_IN_CLEAR =
            Reply.of(454, "4.7.0", "The server offers no way to log in with these credentials without TLS");

    private static final AttributeKey<List<String>> OFFERED = AttributeKey.of("auth-offered", Scope.TLS_EPOCH);

    private final AuthConfig config;
    private final List<Mechanism> mechanisms;
    private final Attempts attempts;
    private final ClientMechanisms clientMechanisms;

    /** AUTH without users: offers nothing as a server, logs in as a client. */
    public AuthExtension() {
        this(AuthConfig.DEFAULT, UserSources.NONE);
    }

    /** AUTH with the users of these sources. */
    public AuthExtension(AuthConfig config, UserSources sources) {
        this(config, sources, List.of(), new SecureRandom(), InstantSource.system());
    }

    /**
     * AUTH with the users of these sources and further mechanisms.
     *
     * @param more offered behind those that the configuration names; one of the same name takes the place of ours
     */
    public AuthExtension(
            AuthConfig config, UserSources sources, List<Mechanism> more, SecureRandom random, InstantSource clock) {
        this(
                config,
                ServerMechanisms.of(config, sources, random, clock),
                more,
                random,
                new Attempts(config.failures(), clock, Pause.SLEEP));
    }

    AuthExtension(
            AuthConfig config, List<Mechanism> ours, List<Mechanism> more, SecureRandom random, Attempts attempts) {
        this.config = config;
        this.mechanisms = Stream.concat(ours.stream().filter(own -> !has(more, own.name())), more.stream())
                .toList();
        this.attempts = attempts;
        this.clientMechanisms = new ClientMechanisms(config.clientIterations(), random);
    }

    private static boolean has(List<Mechanism> mechanisms, String name) {
        return mechanisms.stream().anyMatch(one -> one.name().equals(name));
    }

    /**
     * Returns a way in for clients of another protocol who show name and password in one go; empty when PLAIN is not
     * among the mechanisms.
     */
    public Optional<PasswordLogin> passwordLogin() {
        return mechanisms.stream()
                .filter(mechanism -> mechanism.name().equals("PLAIN"))
                .findFirst()
                .map(plain -> new PasswordLogin(plain, attempts));
    }

    @Override
    public String id() {
        return "AUTH";
    }

    /** On submission only: whoever sends mail from elsewhere to an MX has no account there. */
    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.of(Role.SUBMISSION);
    }

    @Override
    public void server(ServerSide side) {
        AuthVerb verb = new AuthVerb(mechanisms, config.requireTls(), attempts);
        VerbSpec spec = VerbSpec.of("AUTH")
                .in(Phase.GREETED)
                .with(Trait.BEFORE_AUTHENTICATION, Trait.LAST_IN_GROUP, Trait.SECRET)
                .line(AuthDialogue.LINE)
                .help("AUTH mechanism [initial-response]");
        side.keyword("AUTH", verb::offer).verb(spec, verb).mailParameter(Submitter.PARAMETER);
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate("AUTH", Optional::of, OFFERED)
                .step(ClientPhase.AUTHENTICATE, 0, new LoginStep(clientMechanisms))
                .mailParameter("AUTH", Submitter.PARAMETER, WhenMissing.drop());
    }
}
