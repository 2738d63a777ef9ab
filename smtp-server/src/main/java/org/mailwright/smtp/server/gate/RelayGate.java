package org.mailwright.smtp.server.gate;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Never an open relay: a recipient elsewhere is refused unless the client has authenticated, or is trusted, and the
 * server sends mail on (RFC 5321 §3.6.2, §7.9). What stands left of the "@" is never taken for a route. On submission
 * listeners it also refuses names that are not fully qualified (RFC 6409 §4.2).
 *
 * @since 0.1.0
 */
public final class RelayGate implements Extension {

    /** Where the gate stands among those of RCPT: before all that look a mailbox up. */
    public static final int ORDER = -1000;

    private static final Reply DENIED = Reply.of(550, "5.7.1", "Relaying denied");
    private static final Reply NO_ROUTE = Reply.of(550, "5.7.1", "This server does not send mail elsewhere");
    private static final Reply BARE_SENDER = Reply.of(501, "5.1.7", "Sender domain is not fully qualified");
    private static final Reply BARE_RECIPIENT = Reply.of(501, "5.1.3", "Recipient domain is not fully qualified");

    private final LocalDomains local;
    private final BooleanSupplier relays;
    private final Predicate<SessionView> trusted;

    /**
     * A gate for some domains.
     *
     * @param local where mail is delivered here
     * @param relays tells whether mail of authenticated clients is sent on to other domains
     */
    public RelayGate(LocalDomains local, BooleanSupplier relays) {
        this(local, relays, session -> false);
    }

    /**
     * A gate that trusts some clients.
     *
     * @param local where mail is delivered here
     * @param relays tells whether mail is sent on to other domains
     * @param trusted tells, without blocking, whose mail is sent on although he has not authenticated: the content
     *     filter next door, say. Never a client that anybody can be
     */
    public RelayGate(LocalDomains local, BooleanSupplier relays, Predicate<SessionView> trusted) {
        this.local = local;
        this.relays = relays;
        this.trusted = trusted;
    }

    @Override
    public String id() {
        return "RELAY";
    }

    @Override
    public void server(ServerSide side) {
        Gate<Recipient> recipients = this::recipient;
        Gate<Stage.MailRequest> senders = this::sender;
        boolean quick = !NonBlocking.mayBlock(local);
        side.gate(Stage.RCPT, ORDER, quick ? (Gate<Recipient> & NonBlocking) this::recipient : recipients);
        if (side.role() == Role.SUBMISSION) {
            side.gate(Stage.MAIL, ORDER, quick ? (Gate<Stage.MailRequest> & NonBlocking) this::sender : senders);
        }
    }

    private Verdict recipient(SessionView session, Recipient recipient) {
        return switch (recipient.path()) {
            case Postmaster postmaster -> Verdict.pass();
            case Mailbox mailbox -> {
                if (local.contains(mailbox.host(), session)) {
                    yield Verdict.pass();
                }
                if (session.identity().isEmpty() && !trusted.test(session)) {
                    yield Verdict.refuse(DENIED);
                }
                if (!relays.getAsBoolean()) {
                    yield Verdict.refuse(NO_ROUTE);
                }
                yield isBare(mailbox) ? Verdict.refuse(BARE_RECIPIENT) : Verdict.pass();
            }
        };
    }

    private Verdict sender(SessionView session, Stage.MailRequest request) {
        return switch (request.reversePath()) {
            case NullPath none -> Verdict.pass();
            case Mailbox mailbox ->
                isBare(mailbox) && !local.contains(mailbox.host(), session)
                        ? Verdict.refuse(BARE_SENDER)
                        : Verdict.pass();
        };
    }

    private static boolean isBare(Mailbox mailbox) {
        return mailbox.host() instanceof Domain domain && domain.canonical().indexOf('.') < 0;
    }
}
