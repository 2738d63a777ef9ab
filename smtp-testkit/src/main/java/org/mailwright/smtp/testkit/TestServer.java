package org.mailwright.smtp.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.transport.mina.Beginning;
import org.mailwright.smtp.transport.mina.IoLoops;
import org.mailwright.smtp.transport.mina.ListenerConfig;
import org.mailwright.smtp.transport.mina.LoopConfig;
import org.mailwright.smtp.transport.mina.MinaListener;

/**
 * A running server on a free port of the loopback address.
 *
 * @since 0.1.0
 */
public final class TestServer implements AutoCloseable {

    private final IoLoops loops;
    private final MinaListener listener;

    private TestServer(IoLoops loops, MinaListener listener) {
        this.loops = loops;
        this.listener = listener;
    }

    /**
     * Starts a server.
     *
     * @param service whose profile does not begin with TLS
     * @throws IOException when no port is free
     */
    public static TestServer start(TestService service, MessageSink sink) throws IOException {
        return start(service, sink, Optional.empty());
    }

    /**
     * Starts a server that begins with TLS (RFC 8314 §3).
     *
     * @throws IOException when no port is free
     */
    public static TestServer start(TestService service, MessageSink sink, TlsPolicy tls) throws IOException {
        return start(
                new TestService(service.profile().withImplicitTls(), service.extensions()), sink, Optional.of(tls));
    }

    private static TestServer start(TestService service, MessageSink sink, Optional<TlsPolicy> tls) throws IOException {
        SmtpService composed = service.into(sink);
        ListenerConfig config = ListenerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ListenerConfig secured = tls.map(config::withTls).orElse(config);
        Beginning beginning = new Beginning(
                () -> tls.map(composed::conversation).orElseGet(composed::conversation),
                tls.filter(policy -> !composed.isPrefaced()));
        IoLoops loops = new IoLoops(LoopConfig.DEFAULTS.withThreads(1));
        try {
            return new TestServer(loops, MinaListener.bindChanging(loops, secured, () -> beginning));
        } catch (IOException | RuntimeException failed) {
            loops.close();
            throw failed;
        }
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Returns the port at which it listens. */
    public int port() {
        return address().getPort();
    }

    /** Cuts all connections and ends. */
    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}
