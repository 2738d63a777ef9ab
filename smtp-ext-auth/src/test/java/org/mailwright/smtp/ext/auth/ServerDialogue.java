package org.mailwright.smtp.ext.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.core.transport.MemoryTransport.Options;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;

/** A session of a server that offers AUTH, in memory. */
final class ServerDialogue {

    /** How long replies were held back. */
    final List<Duration> pauses;

    private final MemoryTransport transport;

    private ServerDialogue(MemoryTransport transport, List<Duration> pauses) {
        this.transport = transport;
        this.pauses = pauses;
    }

    /** A server whose sessions share the count of failures. */
    static final class Server {
        private final List<Duration> pauses = new ArrayList<>();
        private final SmtpService service;

        Server(AuthConfig config, List<Mechanism> mechanisms, TestClock clock, Role role) {
            Extension auth = new AuthExtension(
                    config,
                    mechanisms,
                    List.of(),
                    new FixedRandom(),
                    new Attempts(config.failures(), clock, pauses::add));
            AtomicInteger ids = new AtomicInteger();
            this.service = new SmtpService(
                    ListenerProfile.of("test", role, "mx.example.test"),
                    List.of(new Basics(), auth),
                    envelope -> {
                        throw new AssertionError("no mail is sent here");
                    },
                    () -> "s" + ids.incrementAndGet());
        }

        ServerSession session() {
            return new ServerSession(service);
        }

        ServerDialogue connect(String address, Optional<TlsSession> tls) {
            MemoryTransport transport =
                    new MemoryTransport(Options.DEFAULTS.withRemote(new InetSocketAddress(address, 50_000)));
            ServerSession session = session();
            transport.begin(session);
            assertTrue(transport.take().startsWith("220 "));
            tls.ifPresent(session::secured);
            return new ServerDialogue(transport, pauses);
        }

        ServerDialogue connect(Optional<TlsSession> tls) {
            ServerDialogue dialogue = connect("192.0.2.1", tls);
            dialogue.says("EHLO client.example.test");
            return dialogue;
        }
    }

    /** Sends a line and returns the answer, without the last CRLF. */
    String says(String line) {
        transport.feed(line + "\r\n");
        String answer = transport.take();
        assertTrue(answer.endsWith("\r\n"), "no answer to " + line);
        return answer.substring(0, answer.length() - 2);
    }

    void expect(String line, String answer) {
        assertEquals(answer, says(line));
    }

    /** Sends a response in base64. */
    String responds(String text) {
        return says(base64(text));
    }

    boolean isOpen() {
        return transport.isOpen();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    static String challenge(String answer) {
        assertTrue(answer.startsWith("334 "), answer);
        return new String(Base64.getDecoder().decode(answer.substring(4)), UTF_8);
    }
}
