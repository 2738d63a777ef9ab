package org.mailwright.smtp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.transport.mina.Admission;
import org.mailwright.smtp.transport.mina.Beginning;
import org.mailwright.smtp.transport.mina.IoLoops;
import org.mailwright.smtp.transport.mina.ListenerConfig;
import org.mailwright.smtp.transport.mina.MinaListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that listens, and what its sessions are given: that may change while it listens. */
final class OpenListener {

    private static final Logger LOG = LoggerFactory.getLogger(OpenListener.class);

    private final Latest latest;
    private final MinaListener socket;

    private OpenListener(Latest latest, MinaListener socket) {
        this.latest = latest;
        this.socket = socket;
    }

    /** Begins to listen; where TLS is implicit there must be a policy. */
    static OpenListener bind(
            IoLoops loops, SmtpListener listener, SmtpService service, Optional<TlsPolicy> tls, Admission admission)
            throws IOException {
        Latest latest = new Latest(new Now(service, tls));
        ListenerConfig config = ListenerConfig.at(listener.address()).withAdmission(admission);
        if (listener.profile().implicitTls()) {
            config = config.withTls(latest.now);
        }
        return new OpenListener(latest, MinaListener.bindChanging(loops, config, () -> latest.now.beginning()));
    }

    InetSocketAddress address() {
        return socket.address();
    }

    /** Gives sessions that begin from now on something else. */
    void become(SmtpService service, Optional<TlsPolicy> tls) {
        latest.now = new Now(service, tls);
    }

    boolean stop(Duration patience) throws InterruptedException {
        return socket.stop(patience);
    }

    /** Ends it because the server no longer has it. */
    void retire(Duration patience) {
        try {
            socket.stop(patience);
        } catch (InterruptedException e) {
            LOG.debug("a listener was cut while it ended", e);
        } finally {
            socket.close();
        }
    }

    void close() {
        socket.close();
    }

    private static final class Latest {

        private volatile Now now;

        Latest(Now now) {
            this.now = now;
        }
    }

    /** What the next session is given: all of it at once, for what comes first in it depends on both. */
    private record Now(SmtpService service, Optional<TlsPolicy> tls) implements TlsPolicy {

        Beginning beginning() {
            boolean first = service.profile().implicitTls() && !service.isPrefaced();
            return new Beginning(() -> service.conversation(this), first ? Optional.of(this) : Optional.empty());
        }

        private TlsPolicy policy() throws IOException {
            return tls.orElseThrow(() -> new IOException("there is no certificate"));
        }

        @Override
        public SSLEngine newEngine(SocketAddress remote) throws IOException {
            return policy().newEngine(remote);
        }

        @Override
        public Duration handshakeTimeout() {
            return tls.map(TlsPolicy::handshakeTimeout).orElse(Duration.ofSeconds(30));
        }

        @Override
        public TlsSession describe(SSLEngine engine) throws IOException {
            return policy().describe(engine);
        }
    }
}
