package org.mailwright.smtp.relay;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mailwright.smtp.core.extension.ClientMove;
import org.mailwright.smtp.core.extension.ClientObserver;
import org.mailwright.smtp.core.extension.ClientPhase;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.ClientStep;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.PeerSession;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.queue.DeliveryResult.Link;

/**
 * Watches what hosts say of themselves: gives up those that greet by our own name, and keeps who offers DSN and
 * DELIVERBY, who was spoken to within TLS, and who went away right after TLS had begun.
 */
final class PeerNotes implements Extension {

    private static final int READY = 220;
    private static final int MOST = 10_000;

    private final Set<String> ownGreeting = ConcurrentHashMap.newKeySet();
    private final Latest<SocketAddress, Note> greeted = new Latest<>(MOST);

    private final Set<String> silentInTls = ConcurrentHashMap.newKeySet();
    private final Latest<SocketAddress, Boolean> leftInTls = new Latest<>(MOST);
    private final int port;

    /** What a host was like the last time. */
    private record Note(boolean reports, Link link) {}

    private interface Quick extends ClientStep, NonBlocking {}

    /**
     * Makes one.
     *
     * @param port where hosts take mail from others: at another port, a filter or a server beside this one may well
     *     greet by its name
     */
    PeerNotes(int port) {
        this.port = port;
    }

    @Override
    public String id() {
        return "relay-notes";
    }

    /** Tells whether a server answers for reports of success itself. Two ports of a host may be two servers. */
    boolean reports(SocketAddress address) {
        return greeted.get(address).filter(Note::reports).isPresent();
    }

    /** Returns how a host was spoken to the last time. */
    Link link(SocketAddress address) {
        return greeted.get(address).map(Note::link).orElse(Link.UNKNOWN);
    }

    /**
     * Tells, once, whether a host ended a connection before it had said anything within TLS. In TLS 1.3 a host refuses
     * a handshake, for want of a certificate say, when it has succeeded on our side.
     */
    boolean leftInTls(SocketAddress address) {
        return leftInTls.remove(address).isPresent();
    }

    @Override
    public void client(ClientSide side) {
        Quick check = this::check;
        Quick note = this::note;
        side.observer(new ClientObserver() {
                    @Override
                    public void secured(PeerView peer) {
                        silentInTls.add(peer.id());
                    }

                    @Override
                    public void received(PeerView peer, Reply reply) {
                        silentInTls.remove(peer.id());
                        if (reply.code() == READY
                                && peer.remoteAddress() instanceof InetSocketAddress remote
                                && remote.getPort() == port
                                && peer.hostname().equalsIgnoreCase(firstWord(reply.text()))) {
                            ownGreeting.add(peer.id());
                        }
                    }

                    @Override
                    public void closed(PeerView peer, String why) {
                        ownGreeting.remove(peer.id());
                        if (silentInTls.remove(peer.id())) {
                            leftInTls.put(peer.remoteAddress(), true);
                        }
                    }
                })
                .step(ClientPhase.SECURE, Integer.MIN_VALUE, check)
                .step(ClientPhase.READY, Integer.MAX_VALUE, note);
    }

    private ClientMove check(PeerSession peer) throws SmtpException {
        if (ownGreeting.contains(peer.id())) {
            throw SmtpException.of(554, "5.4.6", "The host greets by the name of this one: mail loops");
        }
        return ClientMove.done();
    }

    private ClientMove note(PeerSession peer) {
        Note note = new Note(
                peer.offers("DSN"),
                new Link(Optional.of(peer.tls().map(TlsSession::protocol).orElse("none")), peer.offers("DELIVERBY")));
        greeted.put(peer.remoteAddress(), note);
        return ClientMove.done();
    }

    private static String firstWord(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? text : text.substring(0, blank);
    }
}
