package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.dns.MapDns;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.UserSources;
import org.mailwright.smtp.ext.auth.client.ClientCredentials;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.Argon2Cost;
import org.mailwright.smtp.ext.auth.store.Argon2id;
import org.mailwright.smtp.ext.auth.store.Credentials;
import org.mailwright.smtp.ext.auth.store.Enroller;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Provenance;
import org.mailwright.smtp.server.SmtpListener;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.testkit.RecordingSink;

/** A smarthost that wants a login, over STARTTLS and over implicit TLS. */
@Timeout(120)
class SmarthostTest {

    private static final Username ALICE = Username.of("alice");

    private final RecordingSink sink = RecordingSink.blocking();

    @TempDir
    Path folder;

    private static AuthExtension auth() {
        SecureRandom random = new SecureRandom();
        Argon2id hasher = new Argon2id(new Argon2Cost(8 * 1024, 1, 1), random);
        Credentials alice = new Enroller(hasher, AuthConfig.DEFAULT.scram().hashes(), 4096, random)
                .enrol(ALICE, Secret.of("right"));
        return new AuthExtension(
                AuthConfig.DEFAULT, UserSources.of(user -> user.equals(ALICE) ? Optional.of(alice) : Optional.empty()));
    }

    private SmtpServer server(TlsPolicy tls, boolean implicit) throws Exception {
        SmtpListener listener = SmtpListener.of("in", Role.SUBMISSION, RealTls.NAME, "127.0.0.1:0");
        return SmtpServer.builder(RealTls.NAME)
                .listen(
                        implicit
                                ? new SmtpListener(
                                        listener.profile().withImplicitTls(), listener.address(), listener.extensions())
                                : listener)
                .local("d.test")
                .with(StartTlsExtension.server(tls))
                .with(auth())
                .implicitTls(tls)
                .start(sink);
    }

    private static DeliveryResult deliver(
            RelayClient client, SmtpServer server, String password, TlsLevel level, Optional<TlsPolicy> implicit)
            throws Exception {
        InetSocketAddress address = server.address("in");
        RelayConfig config = RelayConfig.DEFAULTS.withPrivateAddresses(true);
        MapDns dns = new MapDns().host(RealTls.NAME, "127.0.0.1");
        NextHop hop = NextHop.parse("[" + RealTls.NAME + "]:" + address.getPort(), config.port());
        Attributes settings = Attributes.EMPTY.with(
                AuthExtension.CREDENTIALS, new ClientCredentials.Password("alice", Secret.of(password)));
        try (SmarthostDeliverer deliverer = new SmarthostDeliverer(
                client, new MxResolver(dns, config, new Random(1)), hop, level, settings, implicit)) {
            OutgoingMail mail = RealTls.mail();
            Message message = new Message(
                    "m1",
                    mail.reversePath(),
                    Attributes.EMPTY,
                    Provenance.local("test"),
                    Instant.EPOCH,
                    Instant.EPOCH,
                    13);
            DeliveryRequest request = new DeliveryRequest(
                    message,
                    new LaneName("smarthost", "all"),
                    mail.reversePath(),
                    mail.recipients(),
                    mail.body(),
                    () -> true);
            List<DeliveryResult> results = deliverer.deliver(request);
            assertEquals(1, results.size());
            return results.get(0);
        }
    }

    private List<String> users() {
        return sink.mails().stream()
                .map(mail ->
                        mail.envelope().origin().identity().map(Identity::name).orElse("-"))
                .toList();
    }

    @Test
    void logsInOverStartTls() throws Exception {
        RealTls real = new RealTls(folder);
        try (SmtpServer server = server(real.server(config -> config), false);
                RelayClient client = real.relay()) {
            DeliveryResult result = deliver(client, server, "right", TlsLevel.VERIFIED, Optional.empty());
            assertEquals(250, result.outcome().reply().code(), result.toString());
            assertEquals(List.of("alice"), users());
        }
    }

    @Test
    void logsInOverImplicitTls() throws Exception {
        RealTls real = new RealTls(folder);
        try (SmtpServer server = server(real.server(config -> config), true);
                RelayClient client = real.relay()) {
            Optional<TlsPolicy> implicit =
                    Optional.of(real.client(TlsLevel.VERIFIED).policy(RealTls.NAME));
            DeliveryResult result = deliver(client, server, "right", TlsLevel.VERIFIED, implicit);
            assertEquals(250, result.outcome().reply().code(), result.toString());
            assertEquals(
                    250,
                    deliver(client, server, "right", TlsLevel.VERIFIED, implicit)
                            .outcome()
                            .reply()
                            .code());
            assertEquals(List.of("alice", "alice"), users());
        }
    }

    @Test
    void keepsTheMailWhenItIsNotLetIn() throws Exception {
        RealTls real = new RealTls(folder);
        for (boolean implicitly : new boolean[] {false, true}) {
            try (SmtpServer server = server(real.server(config -> config), implicitly);
                    RelayClient client = real.relay()) {
                Optional<TlsPolicy> implicit = implicitly
                        ? Optional.of(real.client(TlsLevel.VERIFIED).policy(RealTls.NAME))
                        : Optional.empty();
                DeliveryResult result = deliver(client, server, "wrong", TlsLevel.VERIFIED, implicit);
                String reply = result.outcome().reply().toString();
                assertTrue(reply.startsWith("451 4.7.0 The smarthost refuses us: 535 5.7.8"), reply);
                assertEquals(List.of(), users());
            }
        }
    }

    @Test
    void sendsNoPasswordInClear() throws Exception {
        RealTls real = new RealTls(folder);
        try (SmtpServer server = server(real.server(config -> config), false);
                RelayClient client = real.relay()) {
            DeliveryResult result = deliver(client, server, "right", TlsLevel.NONE, Optional.empty());
            assertTrue(result.outcome().reply().isTransient(), result.toString());
            assertEquals(List.of(), users());
        }
    }
}
