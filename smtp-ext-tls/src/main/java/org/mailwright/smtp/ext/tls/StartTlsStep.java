package org.mailwright.smtp.ext.tls;

import java.util.Optional;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.PeerSession;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's part of STARTTLS: asks where TLS is offered and wanted. A refusal is worth a mail in clear only in mode
 * {@link TlsMode#OPPORTUNISTIC}; a handshake that fails ends the connection in every mode, and it is for the caller to
 * decide whether to come again without TLS.
 */
record StartTlsStep(Optional<TlsClientContext> standard) implements ClientStep, NonBlocking {

    private static final Logger LOG = LoggerFactory.getLogger(StartTlsStep.class);
    private static final ClientLine STARTTLS = ClientLine.of(Command.of(StartTlsExtension.ID));
    private static final int READY = 220;

    /** A reply handler that does not wait. */
    private interface Quick extends ClientMove.ReplyHandler, NonBlocking {}

    @Override
    public ClientMove begin(PeerSession peer) throws SmtpException {
        Optional<TlsClientContext> wanted =
                peer.get(StartTlsExtension.DESTINATION).or(() -> standard);
        if (peer.tls().isPresent() || wanted.isEmpty() || wanted.get().mode() == TlsMode.NONE) {
            return ClientMove.done();
        }
        TlsClientContext context = wanted.get();
        if (!peer.offers(StartTlsExtension.ID)) {
            return inClear(context, peer, "the server does not offer it");
        }
        Quick answered = (reply, session) -> reply.code() == READY
                ? new ClientMove.UpgradeTls(context.policy(session.host()))
                : inClear(context, session, "the server answers " + reply.code());
        return ClientMove.send(STARTTLS, answered);
    }

    /** Temporary, because an attacker can strip the offer, and tomorrow may not be there (RFC 3207 §6). */
    private static ClientMove inClear(TlsClientContext context, PeerSession peer, String why) throws SmtpException {
        if (context.mode().insists()) {
            throw new SmtpException(Reply.of(454, "4.7.4", "TLS is required, but " + why));
        }
        LOG.debug("{}: mail goes in clear to {}: {}", peer.id(), peer.host(), why);
        return ClientMove.done();
    }
}
