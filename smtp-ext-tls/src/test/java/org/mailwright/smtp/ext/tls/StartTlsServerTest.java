package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Step;
import org.mailwright.smtp.core.extension.VerbSpec;
import org.mailwright.smtp.core.extension.VerbSpec.Phase;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.ServerSession;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.MemoryTransport;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

class StartTlsServerTest {

    @TempDir
    Path folder;

    private final MemoryTransport wire = new MemoryTransport();
    private final AtomicReference<Optional<TlsPolicy>> policy = new AtomicReference<>(Optional.empty());
    private TlsServerContext context;

    @BeforeEach
    void open() throws Exception {
        context = TlsServerContext.open(TlsServerConfig.of(new KeySource.SelfSigned(folder, "mx.test")));
        policy.set(Optional.of(context));
    }

    @Test
    void offeredInClearAndNotWithin() throws Exception {
        begin(ListenerProfile.of("mx", Role.MX, "mx.test"));
        assertTrue(say("EHLO client.test").contains("STARTTLS\r\n"));
        assertTrue(say("starttls").startsWith("220 "));
        assertSame(context, wire.handshake().orElseThrow());
        wire.secure(handshake());
        assertFalse(say("EHLO client.test").contains("STARTTLS"));
        assertTrue(say("STARTTLS").startsWith("503 "));
        assertTrue(say("STARTTLS now").startsWith("503 "));
    }

    @Test
    void aParameterIsRefused() {
        begin(ListenerProfile.of("mx", Role.MX, "mx.test"));
        say("EHLO client.test");
        assertTrue(say("STARTTLS now").startsWith("501 "));
        assertTrue(wire.handshake().isEmpty());
        assertTrue(say("STARTTLS").startsWith("220 "));
    }

    @Test
    void withoutKeysItIsNeitherOfferedNorDone() {
        begin(ListenerProfile.of("mx", Role.MX, "mx.test"));
        policy.set(Optional.empty());
        assertFalse(say("EHLO client.test").contains("STARTTLS"));
        assertTrue(say("STARTTLS").startsWith("454 "));
        policy.set(Optional.of(context));
        assertTrue(say("EHLO client.test").contains("STARTTLS"));
    }

    @Test
    void withImplicitTlsItIsNeverOffered() throws Exception {
        wire.presetTls(handshake());
        begin(ListenerProfile.of("mx", Role.MX, "mx.test").withImplicitTls());
        assertFalse(say("EHLO client.test").contains("STARTTLS"));
        assertTrue(say("STARTTLS").startsWith("503 "));
    }

    @Test
    void whatCameInClearBehindItIsForgotten() throws Exception {
        begin(ListenerProfile.of("mx", Role.MX, "mx.test"));
        say("EHLO client.test");
        wire.feed("STARTTLS\r\nEHLO forged.test\r\nSTAR");
        assertTrue(wire.take().startsWith("220 "));
        wire.secure(handshake());
        assertEquals("", wire.take());
        assertTrue(say("STARTTLS").startsWith("503 "));
    }

    @Test
    void aListenerThatRequiresAuthenticationLetsItPass() {
        begin(ListenerProfile.of("submission", Role.SUBMISSION, "mx.test"));
        say("EHLO client.test");
        assertTrue(say("STARTTLS").startsWith("220 "));
    }

    @Test
    void withTheClientHalfAloneThereIsNoVerb() throws Exception {
        TlsClientContext client = TlsClientContext.open(TlsClientConfig.DEFAULTS);
        SmtpService service = service(ListenerProfile.of("mx", Role.MX, "mx.test"), StartTlsExtension.client(client));
        assertEquals(
                List.of("EHLO"), service.verbs().stream().map(VerbSpec::verb).toList());
        assertEquals(List.of(), service.keywords());
    }

    private void begin(ListenerProfile profile) {
        StartTlsExtension extension = new StartTlsExtension(Optional.of(policy::get), Optional.empty());
        wire.begin(new ServerSession(service(profile, extension)));
        if (profile.implicitTls()) {
            wire.startTls(context);
            wire.run();
        }
        assertTrue(wire.take().startsWith("220 "));
    }

    private String say(String line) {
        wire.feed(line + "\r\n");
        return wire.take();
    }

    private TlsSession handshake() throws Exception {
        TlsClientContext client = TlsClientContext.open(TlsClientConfig.DEFAULTS);
        Engines engines = new Engines(client.newEngine("mx.test", 25), context.newEngine()).handshake();
        return context.describe(engines.server);
    }

    private static SmtpService service(ListenerProfile profile, StartTlsExtension extension) {
        return new SmtpService(
                profile,
                List.of(new Ehlo(), extension),
                envelope -> {
                    throw new AssertionError("no mail is sent here");
                },
                () -> "id");
    }

    /** Just enough of EHLO to see what is offered. */
    private static final class Ehlo implements Extension {
        @Override
        public String id() {
            return "EHLO";
        }

        @Override
        public void server(ServerSide side) {
            side.verb(
                    VerbSpec.of("EHLO")
                            .in(Phase.CONNECTED, Phase.GREETED)
                            .with(VerbSpec.Trait.BEFORE_TLS, VerbSpec.Trait.BEFORE_AUTHENTICATION),
                    (command, session) -> {
                        session.greet(new Hello(command.arguments(), true));
                        List<String> lines = new ArrayList<>(List.of("mx.test"));
                        lines.addAll(session.keywords());
                        return Step.say(Reply.of(250, lines));
                    });
        }
    }
}
