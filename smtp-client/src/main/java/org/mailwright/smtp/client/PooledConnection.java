package org.mailwright.smtp.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.address.AddressSyntaxException;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.core.client.ClientOwner;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.client.ClientSession;
import org.mailwright.smtp.core.client.Destination;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.extension.WellKnown;
import org.mailwright.smtp.core.mail.Moment;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.reply.Reply;

/** One connection of a {@link ServerPool}. The counters belong to the pool's lock. */
final class PooledConnection implements ClientOwner {

    private final ServerPool pool;
    private final ServerAddress server;
    private final SmtpClientConfig config;
    private final Connector connector;
    private final Consumer<ServerAddress> afterwards;
    private final ClientSession session;
    private int taken;
    private boolean reached;
    private boolean ready;

    PooledConnection(
            String id,
            ServerPool pool,
            ServerAddress server,
            SmtpClientConfig config,
            ClientProfile profile,
            Connector connector,
            Consumer<ServerAddress> afterwards) {
        this.pool = pool;
        this.server = server;
        this.config = config;
        this.connector = connector;
        this.afterwards = afterwards;
        Destination destination = new Destination(server.host(), server.settings(), server.implicitTls());
        this.session = new ClientSession(id, config.dialogue(), profile, destination, this);
    }

    ClientSession session() {
        return session;
    }

    /** Counts a mail; tells whether there was one before. */
    boolean take() {
        return taken++ > 0;
    }

    /** Returns how many mails it was given. */
    int taken() {
        return taken;
    }

    boolean isReady() {
        return ready;
    }

    boolean isReached() {
        return reached;
    }

    void nowReached() {
        reached = true;
    }

    void nowReady() {
        ready = true;
    }

    /** Looks the server up and connects; on a virtual thread, for looking up may wait. */
    void open() {
        Thread.startVirtualThread(() -> {
            try {
                connect(new ArrayDeque<>(addresses()));
            } catch (UnknownHostException e) {
                notConnected("The host " + server.host() + " is not known", "4.4.3");
            } catch (RuntimeException e) {
                notConnected("Cannot connect: " + e, "4.3.0");
            }
        });
    }

    private List<InetAddress> addresses() throws UnknownHostException {
        if (!server.addresses().isEmpty()) {
            return server.addresses();
        }
        String host = server.host();
        boolean literal = host.startsWith("[") && host.endsWith("]");
        String plain = literal ? host.substring(1, host.length() - 1) : host;
        boolean tagged = literal && plain.regionMatches(true, 0, "IPv6:", 0, 5);
        return Arrays.asList(InetAddress.getAllByName(tagged ? plain.substring(5) : lookedUp(plain)));
    }

    /** The name to look up: A-labels, for the platform does not convert any others. */
    static String lookedUp(String host) throws UnknownHostException {
        if (host.chars().allMatch(c -> c < 0x80)) {
            return host;
        }
        try {
            return Domain.parse(host).canonical();
        } catch (AddressSyntaxException e) {
            UnknownHostException unknown = new UnknownHostException(host);
            unknown.initCause(e);
            throw unknown;
        }
    }

    private void connect(ArrayDeque<InetAddress> addresses) {
        InetSocketAddress remote = new InetSocketAddress(addresses.removeFirst(), server.port());
        connector.connect(remote, config.local(), config.connectTimeout(), session, failure -> {
            if (addresses.isEmpty()) {
                notConnected(message(failure), "4.4.1");
            } else {
                connect(addresses);
            }
        });
    }

    private static String message(IOException failure) {
        String message = failure.getMessage();
        return message == null ? "Cannot connect" : message;
    }

    private void notConnected(String why, String enhanced) {
        Reply reply = Reply.of(451, enhanced, Reply.printable(why));
        closed(false, new Outcome.Failed(reply, Moment.CONNECT));
    }

    @Override
    public void connected() {
        pool.reached(this);
    }

    @Override
    public void ready(PeerView peer) {
        pool.ready(
                config.dialogue().pipelining() && peer.get(WellKnown.PIPELINING).orElse(false));
    }

    @Override
    public Optional<MailJob> next() {
        return pool.next(this);
    }

    @Override
    public void idle() {
        pool.idle(this);
    }

    @Override
    public void closed(boolean wasReady, Outcome outcome) {
        pool.gone(this, wasReady, outcome);
        afterwards.accept(server);
    }
}
