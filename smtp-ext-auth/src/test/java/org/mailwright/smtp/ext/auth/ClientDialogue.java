package org.mailwright.smtp.ext.auth;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.client.ClientOwner;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.client.ClientSession;
import org.mailwright.smtp.core.client.Destination;
import org.mailwright.smtp.core.client.MailJob;
import org.mailwright.smtp.core.extension.PeerView;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mockito.Mockito;

/** A session of a client that can log in, in memory: with a script, or with a server of ours. */
final class ClientDialogue implements ClientOwner {

    /** Taken out of whatever the server says. */
    String strip = "";

    private final MemoryTransport transport = new MemoryTransport();
    private final StringBuilder said = new StringBuilder();
    private Optional<Identity> identity = Optional.empty();
    private Optional<Outcome> failure = Optional.empty();
    private boolean ready;

    ClientDialogue(Attributes settings, Optional<TlsSession> tls) {
        AuthExtension auth = new AuthExtension(
                AuthConfig.DEFAULT, UserSources.NONE, List.of(), new SecureRandom(), InstantSource.system());
        Optional<TlsPolicy> implicit = tls.map(session -> Mockito.mock(TlsPolicy.class));
        ClientSession session = new ClientSession(
                "c1",
                ClientConfig.DEFAULTS,
                ClientProfile.of(List.of(auth)),
                new Destination("mx.example.test", settings, implicit),
                this);
        tls.ifPresent(transport::presetTls);
        transport.begin(session);
    }

    /** Feeds replies one by one, as the server would say them. */
    void hears(String... replies) {
        for (String reply : replies) {
            take();
            transport.feed(reply + "\r\n");
            take();
        }
    }

    /** Lets a server of ours answer until neither has anything to say. */
    void connectTo(ServerDialogue.Server server, Optional<TlsSession> tls) throws IOException {
        MemoryTransport other = new MemoryTransport();
        ServerSession session = server.session();
        other.begin(session);
        String greeting = other.take();
        tls.ifPresent(session::secured);
        assertTrue(greeting.startsWith("220 "));
        String fromServer = greeting;
        while (!fromServer.isEmpty() && transport.isOpen()) {
            transport.feed(fromServer.replace(strip.isEmpty() ? "\0" : strip, ""));
            String fromClient = take();
            if (!fromClient.isEmpty() && other.isOpen()) {
                other.feed(fromClient);
            }
            fromServer = other.take();
        }
    }

    private String take() {
        String text = transport.take();
        said.append(text);
        return text;
    }

    String said() {
        return said.toString();
    }

    String lastLine() {
        String all = said.toString().stripTrailing();
        return all.substring(all.lastIndexOf('\n') + 1);
    }

    boolean ready() {
        return ready;
    }

    Optional<Identity> identity() {
        return identity;
    }

    /** What mails would get; the server may still owe its answer to QUIT. */
    String failure() {
        if (transport.isOpen()) {
            transport.feed("221 bye\r\n");
        }
        return failure.map(outcome -> outcome.reply().toString()).orElse("none");
    }

    @Override
    public void ready(PeerView peer) {
        ready = true;
        identity = peer.identity();
    }

    @Override
    public Optional<MailJob> next() {
        return Optional.empty();
    }

    @Override
    public void idle() {}

    @Override
    public void closed(boolean wasReady, Outcome outcome) {
        failure = Optional.of(outcome);
    }
}
