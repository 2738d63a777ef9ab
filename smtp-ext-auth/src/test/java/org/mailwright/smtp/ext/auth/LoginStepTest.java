package org.mailwright.smtp.ext.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mailwright.smtp.ext.auth.ServerDialogue.base64;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Identity;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.ext.auth.client.ClientCredentials;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.store.Credentials;
import org.mailwright.smtp.ext.auth.store.Enroller;

class LoginStepTest {

    private static final Attributes ALICE = Attributes.EMPTY.with(
            AuthExtension.CREDENTIALS, new ClientCredentials.Password("alice", Secret.of("secret")));
    private static final Attributes ALICE_ANYWHERE = ALICE.with(AuthExtension.PLAIN_TEXT_IN_CLEAR, true);
    private static final Optional<TlsSession> TLS = Optional.of(FakeTls.TLS_13);
    private static final String PLAIN = "AUTH PLAIN " + base64("\0alice\0secret");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SCRAM-SHA-512-PLUS",
                "SCRAM-SHA-256-PLUS",
                "SCRAM-SHA-1-PLUS",
                "SCRAM-SHA-512",
                "SCRAM-SHA-256",
                "SCRAM-SHA-1",
                "CRAM-MD5",
                "PLAIN",
                "LOGIN"
            })
    void logsInToOurServer(String mechanism) throws IOException {
        ClientDialogue client = new ClientDialogue(ALICE, TLS);
        client.connectTo(server(mechanism), TLS);
        assertEquals(Optional.of(new Identity("alice", mechanism)), client.identity());
        assertTrue(client.ready());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTHBEARER", "XOAUTH2"})
    void logsInToOurServerWithAToken(String mechanism) throws IOException {
        Attributes token = Attributes.EMPTY.with(
                AuthExtension.CREDENTIALS, new ClientCredentials.Token("alice", Secret.of("t0ken")));
        ClientDialogue client = new ClientDialogue(token, TLS);
        client.connectTo(server(mechanism), TLS);
        assertEquals(Optional.of(new Identity("alice", mechanism)), client.identity());
        Attributes bad = Attributes.EMPTY.with(
                AuthExtension.CREDENTIALS, new ClientCredentials.Token("alice", Secret.of("bad")));
        ClientDialogue refused = new ClientDialogue(bad, TLS);
        refused.connectTo(server(mechanism), TLS);
        assertEquals("535 5.7.8 Authentication credentials invalid", refused.failure());
    }

    @Test
    void isNotLetInThroughAManInTheMiddle() throws IOException {
        ClientDialogue client = new ClientDialogue(ALICE, Optional.of(FakeTls.withSecret("to the attacker")));
        client.connectTo(server("SCRAM-SHA-256-PLUS"), Optional.of(FakeTls.withSecret("from the attacker")));
        assertEquals("535 5.7.8 Authentication credentials invalid", client.failure());
    }

    @Test
    void noticesThatAnOfferWasTakenAway() throws IOException {
        ClientDialogue client = new ClientDialogue(ALICE, TLS);
        client.strip = "-PLUS";
        client.connectTo(server("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"), TLS);
        assertEquals("535 5.7.8 Authentication credentials invalid", client.failure());
    }

    @Test
    void saysNothingWithoutCredentials() {
        ClientDialogue client = new ClientDialogue(Attributes.EMPTY, TLS);
        client.hears("220 hi", "250-hi\r\n250 AUTH PLAIN");
        assertTrue(client.ready());
        assertFalse(client.said().contains("AUTH"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"250 hi", "250-hi\r\n250 AUTH", "250-hi\r\n250 AUTH PLAIN LOGIN", "250-hi\r\n250 AUTH=PLAIN"})
    void sendsNoPasswordInClear(String hello) {
        ClientDialogue client = new ClientDialogue(ALICE, Optional.empty());
        client.hears("220 hi", hello);
        assertFalse(client.said().contains("AUTH"));
        assertEquals(
                "454 4.7.0 The server offers no way to log in with these credentials without TLS", client.failure());
    }

    @Test
    void sendsAPasswordInClearWhereTheCallerAllowsIt() {
        ClientDialogue client = new ClientDialogue(ALICE_ANYWHERE, Optional.empty());
        client.hears("220 hi", "250-hi\r\n250 AUTH LOGIN PLAIN");
        assertEquals(PLAIN, client.lastLine());
        client.hears("235 ok");
        assertTrue(client.ready());
    }

    @Test
    void passesOnWhatTheServerRefusesWith() {
        ClientDialogue client = new ClientDialogue(ALICE, TLS);
        client.hears("220 hi", "250-hi\r\n250 AUTH PLAIN LOGIN", "535 5.7.8 no");
        assertEquals("535 5.7.8 no", client.failure());
        assertEquals("QUIT", client.lastLine());
    }

    @Test
    void triesAWeakerMechanismOnlyWhenTheStrongerIsRefusedAsSuch() {
        ClientDialogue client = new ClientDialogue(ALICE, TLS);
        client.hears("220 hi", "250-hi\r\n250 AUTH SCRAM-SHA-256 PLAIN");
        assertTrue(client.lastLine().startsWith("AUTH SCRAM-SHA-256 "));
        client.hears("504 5.5.4 not that one");
        assertEquals(PLAIN, client.lastLine());
        client.hears("504 5.5.4 nor that one");
        assertEquals("504 5.5.4 nor that one", client.failure());
    }

    @Test
    void givesUpChannelBindingForNoRefusal() {
        ClientDialogue client = new ClientDialogue(ALICE, TLS);
        client.hears("220 hi", "250-hi\r\n250 AUTH SCRAM-SHA-512-PLUS SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN");
        assertTrue(client.lastLine().startsWith("AUTH SCRAM-SHA-512-PLUS "));
        client.hears("504 5.5.4 not that one");
        assertTrue(client.lastLine().startsWith("AUTH SCRAM-SHA-256-PLUS "));
        client.hears("504 5.5.4 nor that one");
        assertEquals("504 5.5.4 nor that one", client.failure());
    }

    @Test
    void sendsALongInitialResponseWhenAskedForIt() {
        String password = "p".repeat(500);
        Attributes settings = Attributes.EMPTY.with(
                AuthExtension.CREDENTIALS, new ClientCredentials.Password("alice", Secret.of(password)));
        ClientDialogue client = new ClientDialogue(settings, TLS);
        client.hears("220 hi", "250-hi\r\n250 AUTH PLAIN");
        assertEquals("AUTH PLAIN", client.lastLine());
        client.hears("334 ");
        assertEquals(base64("\0alice\0" + password), client.lastLine());
        client.hears("235 ok");
        assertTrue(client.ready());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLAIN | 334 | PLAIN: the server asks for more than this mechanism has to say",
                "LOGIN | 334 !!! | LOGIN: the server's challenge is no base64",
                "CRAM-MD5 | 334 QUFB | CRAM-MD5: the challenge of CRAM-MD5 is no message identifier",
                "SCRAM-SHA-256 | 334 QUFB | SCRAM-SHA-256: the server's challenge is not r=nonce,s=salt,i=iterations",
            })
    void cancelsWhatCannotBeAnswered(String mechanism, String challenge, String reason) {
        ClientDialogue client = new ClientDialogue(ALICE, TLS);
        client.hears("220 hi", "250-hi\r\n250 AUTH " + mechanism, challenge);
        assertEquals("*", client.lastLine());
        client.hears("501 cancelled");
        assertEquals("535 5.7.8 " + reason, client.failure());
    }

    @Test
    void believesNoSuccessThatCameTooEarly() {
        ClientDialogue client = new ClientDialogue(ALICE, TLS);
        client.hears("220 hi", "250-hi\r\n250 AUTH SCRAM-SHA-256", "235 welcome");
        assertEquals("535 5.7.8 The server let us in without proving that it knows the password", client.failure());
        ClientDialogue odd = new ClientDialogue(ALICE, TLS);
        odd.hears("220 hi", "250-hi\r\n250 AUTH PLAIN", "250 welcome");
        assertEquals("535 5.7.8 Unexpected reply to AUTH: 250 welcome", odd.failure());
    }

    private static ServerDialogue.Server server(String... mechanisms) {
        AuthConfig config = AuthConfig.DEFAULT
                .withMechanisms(mechanisms)
                .withScram(new ScramPolicy(EnumSet.allOf(ScramHash.class), 4096))
                .withFailures(new FailureLimits(3, Duration.ZERO, Duration.ZERO, 10, Duration.ofMinutes(1), 10));
        Credentials alice = new Enroller(new CountingHasher(), config.scram().hashes(), 4096, new SecureRandom())
                .enrol(Username.of("alice"), Secret.of("secret"));
        TokenVerifier tokens = (token, claimed) -> token.octets().length == "t0ken".length()
                ? new TokenVerifier.Verdict.Accepted(Username.of("alice"))
                : TokenVerifier.Verdict.Rejected.WITHOUT_HINT;
        UserSources sources = UserSources.of(new MapStore().with(alice).with("alice", "secret"))
                .withTokens(tokens)
                .withPasswords((user, password) -> password.octets().length == "secret".length());
        TestClock clock = new TestClock();
        List<Mechanism> offered = ServerMechanisms.of(config, sources, new SecureRandom(), clock);
        return new ServerDialogue.Server(config, offered, clock, Role.SUBMISSION);
    }
}
