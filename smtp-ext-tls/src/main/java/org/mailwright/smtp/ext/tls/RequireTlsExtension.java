package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.MailPreparer;
import org.mailwright.smtp.core.extension.Parameter;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.WhenMissing;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * REQUIRETLS (RFC 8689): a mail goes in TLS or not at all, and from host to host only to one that promises the same.
 *
 * <p>Offered only inside TLS. The client half sends such a mail when the peer's certificate was verified and the peer
 * offers the extension. Two kinds of mail go without the parameter where it is not offered, or the session is in clear:
 * a report, which is not to be lost for it (§5), and what is delivered by LMTP, which is no relaying any more.
 *
 * <p>The client half sees one host, and that its certificate is verified for the name under which it was opened. That
 * the name is the one the domain meant (§4.2.1, the first point) is for those to see to who look it up: it is written
 * in a configuration, or DNSSEC proves it. For that no listener has the extension unless its configuration names it.
 *
 * @since 0.1.0
 */
public final class RequireTlsExtension implements Extension {

    /** The id, keyword and parameter. */
    public static final String ID = "REQUIRETLS";

    /** Whether the mail requires TLS; never false. */
    public static final AttributeKey<Boolean> REQUIRED = AttributeKey.durable(
            "requiretls", Scope.TRANSACTION, new AttributeKey.Codec<>(Object::toString, Boolean::valueOf));

    /** Where the preparer stands: first, so that nothing is read or changed for a mail that is not sent. */
    public static final int ORDER = 10;

    private static final Parameter<Boolean> PARAMETER = Parameter.flag(ID, REQUIRED);
    private static final Reply NOT_PROTECTED =
            Reply.of(550, "5.7.10", "Encryption needed: the mail requires TLS to a host whose certificate is verified");
    private static final Reply NOT_OFFERED = Reply.of(550, "5.7.30", "REQUIRETLS support required");

    /** REQUIRETLS. */
    public RequireTlsExtension() {}

    /** Tells whether a mail requires TLS. */
    public static boolean isRequired(Attributes mail) {
        return mail.get(REQUIRED).orElse(false);
    }

    /**
     * Tells whether a mail would rather arrive in clear than not at all (§3): its header says {@code TLS-Required: No},
     * and its MAIL does not say the contrary, which outweighs it (§4.1).
     *
     * @return false too when the content cannot be opened more than once: then it is not read
     * @throws IOException when the content cannot be read
     */
    public static boolean isOptional(OutgoingMail mail) throws IOException {
        if (isRequired(mail.attributes()) || !mail.body().replayable()) {
            return false;
        }
        try (InputStream content = mail.body().open()) {
            return TlsRequiredField.saysNo(content);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.noneOf(Role.class);
    }

    @Override
    public void server(ServerSide side) {
        side.keyword(ID, session -> session.tls().map(tls -> List.of())).mailParameter(PARAMETER);
    }

    @Override
    public void client(ClientSide side) {
        side.mailParameter(ID, PARAMETER, WhenMissing.drop())
                .preparer(ORDER, (MailPreparer & NonBlocking) RequireTlsExtension::prepared);
    }

    private static OutgoingMail prepared(OutgoingMail mail, PeerView peer) throws SmtpException {
        if (!isRequired(mail.attributes())) {
            return mail;
        }
        if (mail.reversePath() instanceof NullPath || peer.lmtp()) {
            // the parameter is for sessions in TLS alone, whatever a host offers in clear (section 2)
            return peer.tls().isPresent()
                    ? mail
                    : mail.withAttributes(mail.attributes().without(REQUIRED));
        }
        if (!isVerified(peer)) {
            throw new SmtpException(NOT_PROTECTED);
        }
        if (!peer.offers(ID)) {
            throw new SmtpException(NOT_OFFERED);
        }
        return mail;
    }

    private static boolean isVerified(PeerView peer) {
        return peer.tls().filter(tls -> !tls.peerCertificates().isEmpty()).isPresent();
    }
}
