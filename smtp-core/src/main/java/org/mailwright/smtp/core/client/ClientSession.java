package org.mailwright.smtp.core.client;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.core.transport.Transport;

/**
 * The client's side of one connection (RFC 5321 §3), without a socket: takes octets, says lines. It presents itself,
 * runs the steps of the extensions, then sends one mail after the other, in groups where the peer allows it, until it
 * is told to {@link #quit}. It runs within the events of its transport; {@link #wake}, {@link #quit} and {@link #abort}
 * may be called from any thread.
 *
 * @since 0.1.0
 */
public final class ClientSession implements Conversation {

    private final String id;
    private final ClientConfig config;
    private final ClientProfile profile;
    private final Destination destination;
    private final ClientOwner owner;
    private volatile @Nullable ClientEngine engine;

    /**
     * Makes a session that waits for its connection.
     *
     * @param id names it in the log
     */
    public ClientSession(
            String id, ClientConfig config, ClientProfile profile, Destination destination, ClientOwner owner) {
        this.id = id;
        this.config = config;
        this.profile = profile;
        this.destination = destination;
        this.owner = owner;
    }

    /** Asks it to look for a mail at its owner, soon. Does nothing before it is connected or after its end. */
    public void wake() {
        later(ClientEngine::wake);
    }

    /** Asks it to say QUIT once the mails that it has taken are done. Does nothing before it is connected. */
    public void quit() {
        later(ClientEngine::leave);
    }

    /**
     * Ends the connection at once. Does nothing before it is connected.
     *
     * @param why for the results of the mails that are under way; printable
     */
    public void abort(String why) {
        later(machine -> machine.fail(why, Moment.CONNECT));
    }

    /**
     * Returns what is known of the peer; empty before the connection. Only to be used within events of the connection.
     */
    public Optional<PeerView> peer() {
        return Optional.ofNullable(engine).map(ClientEngine::peer);
    }

    private void later(Consumer<ClientEngine> task) {
        ClientEngine current = engine;
        if (current != null) {
            current.execute(task);
        }
    }

    private ClientEngine engine() {
        ClientEngine current = engine;
        if (current == null) {
            throw new IllegalStateException("the transport has not called opened");
        }
        return current;
    }

    @Override
    public void opened(Transport transport) {
        ClientEngine begun = new ClientEngine(id, config, profile, destination, owner, transport);
        engine = begun;
        owner.connected();
        begun.begin();
    }

    @Override
    public void received(byte[] octets, int offset, int length) {
        engine().received(octets, offset, length);
    }

    @Override
    public void inputClosed() {
        engine().inputClosed();
    }

    @Override
    public void secured(TlsSession tls) {
        engine().secured(tls);
    }

    @Override
    public void writable() {
        engine().nowWritable();
    }

    @Override
    public void expired() {
        engine().expired();
    }

    @Override
    public void stop() {
        quit();
    }

    @Override
    public void closed(String why) {
        engine().closed(why);
    }
}
