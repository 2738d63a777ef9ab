package org.mailwright.smtp.gateway.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.ListenerProfile;

/**
 * Takes mail by HTTP: {@code POST /v1/mail?from=a@example.org&to=b@example.org&to=c@example.org}, the mail as the body
 * (message/rfc822), name and password by Basic authentication. The envelope may also stand in the fields
 * {@code X-Envelope-From} and {@code X-Envelope-To}; {@code from=} is the null reverse-path. The answer is 202 with
 * {@code {"id": ...}}, or a problem (RFC 9457) with the SMTP reply.
 *
 * <p>Each mail passes through a session of its own, so that gates and content stages apply as to a submission by SMTP:
 * all recipients are taken, or none.
 *
 * @since 0.1.0
 */
public final class HttpInlet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpServer server;
    private final RequestThreads threads;

    private final AtomicReference<HttpHandler> handler;
    private final Optional<ReplaceableTls> tls;

    private HttpInlet(
            HttpServer server,
            RequestThreads threads,
            AtomicReference<HttpHandler> handler,
            Optional<ReplaceableTls> tls) {
        this.server = server;
        this.threads = threads;
        this.tls = tls;
        this.handler = handler;
    }

    /**
     * Begins to listen.
     *
     * @param profile name, host name and bounds of the sessions; its role is SUBMISSION
     * @param extensions gates, parameters and content stages of the sessions; verbs of theirs are not reachable
     * @param sink takes the mails
     * @param ids draws names for sessions and mails
     * @param credentials checks clients
     * @param tls with which it speaks HTTPS
     * @throws IllegalArgumentException when passwords would travel in clear, or extensions clash
     * @throws IOException when the address cannot be bound
     */
    public static HttpInlet start(
            HttpInletConfig config,
            ListenerProfile profile,
            List<? extends Extension> extensions,
            MessageSink sink,
            Supplier<String> ids,
            CredentialCheck credentials,
            Optional<SSLContext> tls)
            throws IOException {
        if (tls.isEmpty()
                && !config.credentialsInClear()
                && !config.address().getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("tls: passwords would travel in clear to " + config.address());
        }
        PostSession sessions = sessions(profile, extensions, sink, ids);
        Optional<ReplaceableTls> replaceable = tls.map(ReplaceableTls::new);
        HttpServer server = bind(config.address(), replaceable);
        RequestThreads threads = new RequestThreads(config.requests(), config.time());
        server.setExecutor(threads);
        AtomicReference<HttpHandler> handler =
                new AtomicReference<>(new PostHandler(config, credentials, sessions, threads));
        server.createContext(
                "/",
                exchange -> Optional.ofNullable(handler.get()).orElseThrow().handle(exchange));
        server.start();
        return new HttpInlet(server, threads, handler, replaceable);
    }

    private static PostSession sessions(
            ListenerProfile profile, List<? extends Extension> extensions, MessageSink sink, Supplier<String> ids) {
        if (profile.role() != Role.SUBMISSION) {
            throw new IllegalArgumentException("role: mail by HTTP is a SUBMISSION, not " + profile.role());
        }
        return new PostSession(profile, extensions, sink, ids);
    }

    /**
     * Goes on at the same address with other settings: from the next request on, and with the next connection for TLS.
     * How many requests are served at the same time, and how long one may take, stays as it was.
     *
     * @throws IllegalArgumentException when one is with TLS and the other is not, or extensions clash
     */
    public void become(
            HttpInletConfig config,
            ListenerProfile profile,
            List<? extends Extension> extensions,
            MessageSink sink,
            Supplier<String> ids,
            CredentialCheck credentials,
            Optional<SSLContext> next) {
        if (next.isPresent() != tls.isPresent()) {
            throw new IllegalArgumentException("tls: another protocol needs another inlet");
        }
        PostSession sessions = sessions(profile, extensions, sink, ids);
        tls.ifPresent(replaceable -> next.ifPresent(replaceable::replace));
        handler.set(new PostHandler(config, credentials, sessions, threads));
    }

    private static HttpServer bind(InetSocketAddress address, Optional<ReplaceableTls> tls) throws IOException {
        if (tls.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.get().context()));
        return server;
    }

    /** Returns where it listens, with the port that was taken. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Takes no more requests, lets those finish for a short time whose mail is with the queue, and ends. */
    @Override
    public void close() {
        threads.stop(PATIENCE);
        server.stop(0); // its own patience counts connections that are gone
        threads.close();
    }
}
