package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Gate;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.SessionView;
import org.mailwright.smtp.core.extension.Stage;
import org.mailwright.smtp.core.extension.Verdict;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Refuses recipients that nobody here has as his address, or whose mailbox is full, when they are named and not when
 * the mail has come: nobody gets a report for a mail that he did not send.
 *
 * <p>Where {@link Addressees} and {@link MailboxRoom} are {@link NonBlocking}, so is the gate.
 *
 * @since 0.1.0
 */
public final class LocalMailboxes implements Extension {
    /** The id. */
    public static final String ID = "MAILBOXES";

    /** Where the gate stands among those of RCPT: behind the one that refuses to relay. */
    public static final int ORDER = 0;

    private static final Verdict UNKNOWN = Verdict.refuse(550, "5.1.1", "There is no such user here");
    private static final Verdict FOREIGN = Verdict.refuse(550, "5.7.1", "This server does not relay");

    private final Addressees addressees;
    private final MailboxRoom room;
    private final ToLongFunction<SessionView> declared;
    private final boolean relays;

    /** A gate that knows those who have a mailbox. */
    public LocalMailboxes(LocalRecipients recipients) {
        this(Addressees.of(recipients));
    }

    /** A gate that knows these addressees. */
    public LocalMailboxes(Addressees addressees) {
        this(addressees, false);
    }

    /**
     * A gate that knows these addressees.
     *
     * @param relays whether mail for other domains passes: a gate before this one has let its client send it on
     */
    public LocalMailboxes(Addressees addressees, boolean relays) {
        this(addressees, MailboxRoom.ENOUGH, session -> 0, relays);
    }

    /**
     * A gate that knows these addressees, and how much room they have.
     *
     * @param room asked for addressees that are known
     * @param declared the octets that the client declared for the mail in progress; 0 when it did not; quick
     * @param relays whether mail for other domains passes: a gate before this one has let its client send it on
     */
    public LocalMailboxes(
            Addressees addressees, MailboxRoom room, ToLongFunction<SessionView> declared, boolean relays) {
        this.addressees = addressees;
        this.room = room;
        this.declared = declared;
        this.relays = relays;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void server(ServerSide side) {
        Gate<Recipient> gate = this::judge;
        boolean quick = !NonBlocking.mayBlock(addressees) && !NonBlocking.mayBlock(room);
        side.gate(Stage.RCPT, ORDER, quick ? (Gate<Recipient> & NonBlocking) this::judge : gate);
    }

    private Verdict judge(SessionView session, Recipient recipient) throws SmtpException, IOException {
        Predicate<AddressLiteral> own = literal -> isOwn(literal, session);
        return switch (addressees.standing(recipient.path(), own)) {
            case KNOWN -> {
                room.admit(recipient.path(), own, declared.applyAsLong(session));
                yield Verdict.pass();
            }
            case UNKNOWN -> UNKNOWN;
            case FOREIGN -> relays ? Verdict.pass() : FOREIGN;
        };
    }

    private static boolean isOwn(AddressLiteral literal, SessionView session) {
        return session.localAddress() instanceof InetSocketAddress own
                && literal.equals(AddressLiteral.of(own.getAddress()));
    }
}
