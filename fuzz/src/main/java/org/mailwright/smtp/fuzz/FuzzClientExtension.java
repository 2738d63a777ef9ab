package org.mailwright.smtp.fuzz;

import java.io.IOException;
import java.util.Optional;
import org.mailwright.smtp.core.command.Command;
import org.mailwright.smtp.core.extension.BodyWriter.Framing;
import org.mailwright.smtp.core.extension.ClientLine;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientMove.ReplyHandler;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.PeerSession;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;

/**
 * Does in a client all that an extension can do.
 *
 * @param blocking whether its steps may block
 * @param tls whether it switches to TLS where it can
 * @param asks whether it talks before the first mail
 * @param binary whether its chunks are left as they are
 */
record FuzzClientExtension(boolean blocking, boolean tls, boolean asks, boolean binary) implements Extension {

    private static final int CHUNK = 1024;

    @Override
    public String id() {
        return "FUZZ";
    }

    @Override
    public void client(ClientSide side) {
        side.negotiate("PIPELINING", words -> Optional.of(true), WellKnown.PIPELINING);
        if (tls) {
            step(side, ClientPhase.SECURE, this::beginTls);
        }
        if (asks) {
            step(side, ClientPhase.INTRODUCE, peer -> peer.offers("ASK") ? say("ASK", this::asked) : ClientMove.done());
        }
        side.bodyWriter(
                "CHUNKING",
                1,
                (mail, peer) -> Optional.of(new Framing.Chunked(
                        CHUNK, !binary, (octets, last) -> Command.of("BDAT", octets + (last ? " LAST" : "")))));
        if (blocking) {
            side.preparer(0, (mail, peer) -> mail);
        }
    }

    private void step(ClientSide side, ClientPhase phase, ClientStep step) {
        side.step(phase, 0, blocking ? step : (ClientStep & NonBlocking) step::begin);
    }

    private ClientMove say(String line, ReplyHandler next) {
        return ClientMove.send(ClientLine.plain(line), blocking ? next : (ReplyHandler & NonBlocking) next::replied);
    }

    private ClientMove beginTls(PeerSession peer) {
        if (!peer.offers("STARTTLS") || peer.tls().isPresent()) {
            return ClientMove.done();
        }
        return say(
                "STARTTLS",
                (reply, same) -> reply.isPositive() ? new ClientMove.UpgradeTls(FixedTls.POLICY) : ClientMove.done());
    }

    private ClientMove asked(Reply reply, PeerSession peer) throws SmtpException, IOException {
        if (reply.text().contains("boom")) {
            throw new IllegalStateException("an author's mistake");
        }
        if (reply.text().contains("greet")) {
            return new ClientMove.Greet();
        }
        if (reply.isPermanent()) {
            throw new SmtpException(reply);
        }
        if (reply.isTransient()) {
            throw new IOException("the server cannot");
        }
        return reply.isIntermediate() ? say("an answer", this::asked) : ClientMove.done();
    }
}
