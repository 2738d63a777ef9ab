package org.mailwright.smtp.distribution.assembly;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.MailIds;
import org.mailwright.smtp.distribution.config.HttpConfig;
import org.mailwright.smtp.distribution.config.HttpTls;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.auth.PasswordLogin;
import org.mailwright.smtp.gateway.http.HttpInlet;
import org.mailwright.smtp.gateway.http.HttpInletConfig;

/** One place where mail comes in by HTTP, not listening yet. */
final class HttpParts {
    private final HttpConfig config;
    private final HttpInletConfig inlet;
    private final ListenerProfile profile;
    private final List<Extension> extensions;
    private final MessageSink sink;
    private final PasswordLogin users;
    private final Optional<SSLContext> tls;
    private final MailIds ids = MailIds.startingNow();

    /**
     * A place.
     *
     * @param extensions all that its sessions have
     * @param tls what HTTPS is spoken with, where it is
     */
    HttpParts(
            ServerConfig server,
            HttpConfig config,
            List<Extension> extensions,
            MessageSink sink,
            PasswordLogin users,
            Optional<SSLContext> tls)
            throws AssemblyException {
        long limit = server.extensions().sizeLimit();
        this.config = config;
        this.inlet = HttpInletConfig.at(Listeners.address(config.name(), config.address()))
                .withBounds(limit == 0 ? Long.MAX_VALUE : limit, config.timeout(), config.requests());
        this.profile = ListenerProfile.of(config.name(), Role.SUBMISSION, server.hostname())
                .with(server.limits().session())
                .with(server.timeouts().session());
        this.extensions = extensions;
        this.sink = sink;
        this.users = users;
        this.tls = config.tls() == HttpTls.NONE ? Optional.empty() : tls;
    }

    /** One that listens. */
    record Open(HttpInlet inlet) {
        InetSocketAddress address() {
            return inlet.address();
        }

        void close() {
            inlet.close();
        }
    }

    String name() {
        return config.name();
    }

    /** Tells whether it can go on at the socket of another: at any free port, only under the same name. */
    boolean continues(HttpParts other) {
        return config.address().equals(other.config.address())
                && config.tls() == other.config.tls()
                && (config.address().port() != 0 || name().equals(other.name()));
    }

    Open open() throws IOException {
        try {
            return new Open(HttpInlet.start(inlet, profile, extensions, sink, ids, users::check, tls));
        } catch (BindException e) {
            throw new IOException(
                    "http " + name() + ": " + config.address() + " cannot be bound: " + e.getMessage(), e);
        }
    }

    void become(Open other) {
        other.inlet().become(inlet, profile, extensions, sink, ids, users::check, tls);
    }
}
