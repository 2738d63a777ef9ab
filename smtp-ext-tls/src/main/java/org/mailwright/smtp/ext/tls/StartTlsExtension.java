package org.mailwright.smtp.ext.tls;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Session;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbHandler;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Trait;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.TlsPolicy;

/**
 * STARTTLS (RFC 3207): a server offers TLS on a connection in clear and switches when asked; a client asks for it where
 * it is offered, and gives the connection up where it has to be and is not.
 *
 * <p>Offered only outside TLS. What is known of the session, and what came in clear behind the command, is forgotten by
 * the core, on both sides. With {@link #server(TlsPolicy)} the client half is silent, with
 * {@link #client(TlsClientContext)} the server half.
 *
 * @since 0.1.0
 */
public final class StartTlsExtension implements Extension {

    /** The id, keyword and verb. */
    public static final String ID = "STARTTLS";

    /** The TLS of one destination, given by whoever opens the connection; goes before that of the extension. */
    public static final AttributeKey<TlsClientContext> DESTINATION =
            AttributeKey.of("starttls-destination", Scope.CONNECTION);

    private static final Reply READY = Reply.of(220, "2.0.0", "Ready to start TLS");

    private final Optional<Supplier<Optional<TlsPolicy>>> server;
    private final Optional<TlsClientContext> client;

    /**
     * An extension with one half or both.
     *
     * @param server gives the policy, or nothing while there is none: STARTTLS is then neither offered nor done (454).
     *     Must not block
     * @param client the TLS of all destinations that have none of their own
     */
    public StartTlsExtension(Optional<Supplier<Optional<TlsPolicy>>> server, Optional<TlsClientContext> client) {
        this.server = server;
        this.client = client;
    }

    /** Returns the server half, with TLS that is always there. */
    public static StartTlsExtension server(TlsPolicy policy) {
        Optional<TlsPolicy> always = Optional.of(policy);
        return new StartTlsExtension(Optional.of(() -> always), Optional.empty());
    }

    /** Returns the client half. */
    public static StartTlsExtension client(TlsClientContext context) {
        return new StartTlsExtension(Optional.empty(), Optional.of(context));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void server(ServerSide side) {
        server.ifPresent(tls -> side.keyword(
                        ID,
                        session -> session.tls().isEmpty() && tls.get().isPresent()
                                ? Optional.of(List.of())
                                : Optional.empty())
                .verb(
                        VerbSpec.of(ID).with(Trait.BEFORE_TLS, Trait.BEFORE_AUTHENTICATION, Trait.LAST_IN_GROUP),
                        new Upgrade(tls)));
    }

    @Override
    public void client(ClientSide side) {
        side.step(ClientPhase.SECURE, 0, new StartTlsStep(client));
    }

    private record Upgrade(Supplier<Optional<TlsPolicy>> tls) implements VerbHandler, NonBlocking {
        @Override
        public Step handle(Command command, Session session) throws SmtpException {
            if (session.tls().isPresent()) {
                throw SmtpException.of(503, "5.5.1", "TLS is already active");
            }
            if (!command.arguments().isEmpty()) {
                throw SmtpException.of(501, "5.5.4", "STARTTLS takes no parameter");
            }
            TlsPolicy policy =
                    tls.get().orElseThrow(() -> SmtpException.of(454, "4.7.0", "TLS is not available at the moment"));
            return new Step.UpgradeTls(READY, policy);
        }
    }
}
