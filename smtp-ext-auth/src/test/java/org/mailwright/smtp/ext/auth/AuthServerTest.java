package org.mailwright.smtp.ext.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mailwright.smtp.ext.auth.ServerDialogue.base64;
import static org.mailwright.smtp.ext.auth.ServerDialogue.challenge;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.Username;

class AuthServerTest {

    private static final Optional<TlsSession> TLS = Optional.of(FakeTls.TLS_13);
    private static final String SUCCESS = "235 2.7.0 Authentication successful";
    private static final String FAILED = "535 5.7.8 Authentication credentials invalid";
    private static final String RIGHT = base64("\0alice\0secret");
    private static final String WRONG = base64("\0alice\0wrong");

    private final TestClock clock = new TestClock();
    private final TokenVerifier tokens = (token, claimed) -> TokenVerifier.Verdict.Rejected.WITHOUT_HINT;
    private final MapStore clear = new MapStore().with("alice", "secret");
    private boolean broken;
    private final UserSources sources = UserSources.of(clear).withTokens(tokens).withPasswords((user, password) -> {
        if (broken) {
            throw new IOException("the directory is away");
        }
        return user.equals(Username.of("alice")) && new String(password.octets(), UTF_8).equals("secret");
    });
    private AuthConfig config = AuthConfig.DEFAULT;

    @Test
    void offersWhatCanBeUsedNow() {
        assertTrue(server().connect("192.0.2.1", TLS)
                .says("EHLO client.example.test")
                .endsWith("250 AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-512-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-256"
                        + " SCRAM-SHA-512 SCRAM-SHA-1 OAUTHBEARER XOAUTH2 PLAIN LOGIN"));
        assertEquals(
                "250 mx.example.test",
                server().connect("192.0.2.1", Optional.empty()).says("EHLO client.example.test"));
        config = config.withRequireTls(false);
        assertEquals(
                "250-mx.example.test\r\n250 AUTH SCRAM-SHA-256 SCRAM-SHA-512 SCRAM-SHA-1",
                server().connect("192.0.2.1", Optional.empty()).says("EHLO client.example.test"));
    }

    @Test
    void offersNoBindingThatATls13ClientCannotUse() {
        ServerDialogue dialogue = server().connect("192.0.2.1", Optional.of(FakeTls.withSecret("")));
        assertFalse(dialogue.says("EHLO client.example.test").contains("PLUS"));
        dialogue.expect("AUTH SCRAM-SHA-256-PLUS", "504 5.5.4 Unrecognized authentication type");
    }

    @Test
    void takesPlainInOneStepOrTwo() {
        tls().expect("AUTH PLAIN " + RIGHT, SUCCESS);
        tls().expect("auth plain " + RIGHT, SUCCESS);
        ServerDialogue two = tls();
        two.expect("AUTH PLAIN", "334 ");
        two.expect(RIGHT, SUCCESS);
    }

    @Test
    void takesLoginWithAndWithoutInitialResponse() {
        ServerDialogue asked = tls();
        asked.expect("AUTH LOGIN", "334 VXNlcm5hbWU6");
        asked.expect(base64("Alice"), "334 UGFzc3dvcmQ6");
        asked.expect(base64("secret"), SUCCESS);
        ServerDialogue initial = tls();
        initial.expect("AUTH LOGIN " + base64("alice"), "334 UGFzc3dvcmQ6");
        initial.expect(base64("wrong"), FAILED);
    }

    @Test
    void refusesCleartextOnceTheMechanismIsKnown() {
        ServerDialogue dialogue = clear();
        String needsTls = "538 5.7.11 Encryption required for requested authentication mechanism";
        dialogue.expect("AUTH PLAIN " + RIGHT, needsTls);
        dialogue.expect("AUTH SCRAM-SHA-256", needsTls);
        dialogue.expect("AUTH NTLM", "504 5.5.4 Unrecognized authentication type");
        config = config.withRequireTls(false);
        clear().expect("AUTH LOGIN", needsTls);
        clear().expect("AUTH SCRAM-SHA-256", "334 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUTH | 501 5.5.4 Syntax: AUTH mechanism [initial-response]",
                "AUTH PLAIN a b | 501 5.5.4 Syntax: AUTH mechanism [initial-response]",
                "AUTH ANONYMOUS | 504 5.5.4 Unrecognized authentication type",
                "AUTH EXTERNAL = | 504 5.5.4 Unrecognized authentication type",
                "AUTH PLAIN ###not-base64### | 501 5.5.2 Cannot decode base64 data",
                "AUTH PLAIN AGEAYg | 501 5.5.2 Cannot decode base64 data",
                "AUTH PLAIN A=== | 501 5.5.2 Cannot decode base64 data",
                "AUTH PLAIN = | 501 5.5.2 Malformed authentication data",
                "AUTH PLAIN YQ== | 501 5.5.2 Malformed authentication data",
            })
    void refusesAtOnceWhatCannotBeAnAttempt(String line, String reply) {
        ServerDialogue dialogue = tls();
        dialogue.expect(line, reply);
        assertEquals(List.of(), dialogue.pauses);
        dialogue.expect("NOOP", "250 2.0.0 Ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | 501 5.7.0 Authentication cancelled",
                "!!!! | 501 5.5.2 Cannot decode base64 data",
                "= | 501 5.5.2 Cannot decode base64 data",
            })
    void endsTheAttemptAtAResponseThatIsNone(String line, String reply) {
        ServerDialogue dialogue = tls();
        dialogue.expect("AUTH PLAIN", "334 ");
        dialogue.expect(line, reply);
        dialogue.expect("NOOP", "250 2.0.0 Ok");
        dialogue.expect("AUTH PLAIN " + RIGHT, SUCCESS);
    }

    @Test
    void refusesAnInitialResponseWhereTheServerSpeaksFirst() {
        config = config.withMechanisms("CRAM-MD5");
        ServerDialogue dialogue = tls();
        dialogue.expect("AUTH CRAM-MD5 " + base64("x"), "501 5.5.4 This mechanism takes no initial response");
        assertTrue(challenge(dialogue.says("AUTH CRAM-MD5")).endsWith("@mx.example.test>"));
    }

    @Test
    void readsLongResponsesAsOneLine() {
        ServerDialogue dialogue = tls();
        dialogue.expect("AUTH PLAIN", "334 ");
        dialogue.expect(base64("a".repeat(9216)), "501 5.5.2 Malformed authentication data");
        dialogue.expect(
                "AUTH PLAIN " + base64("\0" + "a".repeat(4600) + "\0" + "b".repeat(4600)),
                "501 5.5.2 Malformed authentication data");
        dialogue.expect("AUTH PLAIN", "334 ");
        dialogue.expect("A".repeat(20_000), "500 5.5.2 Line too long");
        dialogue.expect("NOOP", "250 2.0.0 Ok");
    }

    @Test
    void logsInOnlyOnceAndKeepsThatOverRset() {
        ServerDialogue dialogue = tls();
        dialogue.expect("MAIL FROM:<alice@example.test>", "530 5.7.0 Authentication required");
        dialogue.expect("AUTH PLAIN " + RIGHT, SUCCESS);
        dialogue.expect("MAIL FROM:<alice@example.test>", "250 2.1.0 Ok");
        dialogue.expect("RSET", "250 2.0.0 Ok");
        dialogue.expect("AUTH PLAIN " + RIGHT, "503 5.5.1 Already authenticated");
        dialogue.expect("EHLO again.example.test", dialogue.says("EHLO again.example.test"));
        dialogue.expect("AUTH PLAIN " + RIGHT, "503 5.5.1 Already authenticated");
    }

    @Test
    void isNotAllowedBeforeEhloOrInATransaction() {
        ServerDialogue early = server().connect("192.0.2.1", TLS);
        early.expect("AUTH PLAIN " + RIGHT, "503 5.5.1 Send EHLO first");
        early.says("HELO client.example.test");
        early.expect("AUTH PLAIN " + RIGHT, "503 5.5.1 Send EHLO first");
        ServerDialogue mx = server(Role.MX).connect(TLS);
        mx.expect("MAIL FROM:<alice@example.test>", "250 2.1.0 Ok");
        mx.expect("AUTH PLAIN " + RIGHT, "503 5.5.1 Not within a mail transaction");
    }

    @Test
    void tellsWrongNameFromWrongPasswordNowhere() {
        ServerDialogue known = tls();
        ServerDialogue unknown = tls();
        known.expect("AUTH PLAIN " + WRONG, FAILED);
        unknown.expect("AUTH PLAIN " + base64("\0nobody\0wrong"), FAILED);
        ServerDialogue foreign = tls();
        foreign.expect("AUTH PLAIN " + base64("admin\0alice\0secret"), FAILED);
        assertEquals(List.of(Duration.ofSeconds(1)), known.pauses);
        assertEquals(known.pauses, unknown.pauses);
        assertEquals(known.pauses, foreign.pauses);
    }

    @Test
    void saysThatItCannotSayNow() {
        broken = true;
        ServerDialogue dialogue = tls();
        dialogue.expect("AUTH PLAIN " + RIGHT, "454 4.7.0 Temporary authentication failure");
        dialogue.expect("AUTH PLAIN", "334 ");
        dialogue.expect(RIGHT, "454 4.7.0 Temporary authentication failure");
        assertEquals(List.of(), dialogue.pauses);
    }

    @Test
    void holdsFailuresBackAndClosesAfterTheLast() {
        ServerDialogue dialogue = tls();
        for (int i = 1; i < 6; i++) {
            dialogue.expect("AUTH PLAIN " + WRONG, FAILED);
        }
        dialogue.expect("AUTH PLAIN " + WRONG, "421 4.7.0 Too many failed attempts to log in");
        assertFalse(dialogue.isOpen());
        assertEquals(
                List.of(1L, 2L, 4L, 4L, 4L, 4L),
                dialogue.pauses.stream().map(Duration::toSeconds).toList());
    }

    @Test
    void countsFailuresOfAnAddressOverConnections() {
        config = config.withFailures(new FailureLimits(2, Duration.ZERO, Duration.ZERO, 3, Duration.ofMinutes(1), 10));
        ServerDialogue.Server server = server();
        for (int i = 0; i < 3; i++) {
            server.connect(TLS).expect("AUTH PLAIN " + WRONG, FAILED);
        }
        server.connect(TLS)
                .expect("AUTH PLAIN " + RIGHT, "454 4.7.0 Too many failed attempts to log in, try again later");
        ServerDialogue other = server.connect("198.51.100.1", TLS);
        other.says("EHLO client.example.test");
        other.expect("AUTH PLAIN " + RIGHT, SUCCESS);
        clock.advance(Duration.ofMinutes(1));
        server.connect(TLS).expect("AUTH PLAIN " + RIGHT, SUCCESS);
    }

    @Test
    void tellsATokenClientWhatIsWrongBeforeItFails() {
        ServerDialogue dialogue = tls();
        assertEquals(
                "{\"status\":\"invalid_token\"}",
                challenge(dialogue.says("AUTH OAUTHBEARER " + base64("n,a=alice,\1auth=Bearer bad\1\1"))));
        dialogue.expect("AQ==", FAILED);
        assertEquals(
                "{\"status\":\"401\",\"schemes\":\"bearer\"}",
                challenge(dialogue.says("AUTH XOAUTH2 " + base64("user=alice\1auth=Bearer bad\1\1"))));
        dialogue.expect("", FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "e+3Dmc2@example.com", "alice@example.test"})
    void takesTheParameterOfMail(String value) {
        ServerDialogue dialogue = server(Role.MX).connect(Optional.empty());
        String shown = value.replace("+3D", "=");
        dialogue.expect("MAIL FROM:<a@example.test> AUTH=" + value, "250 2.1.0 From " + shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH=+GG@x", "AUTH=+3d@example.test", "AUTH", "AUTH=nobody", "AUTH=a+0D+0A@example.test"})
    void refusesAParameterThatIsNone(String parameter) {
        ServerDialogue dialogue = server(Role.MX).connect(Optional.empty());
        dialogue.expect("MAIL FROM:<a@example.test> " + parameter, "501 5.5.4 AUTH needs <> or a mailbox in xtext");
    }

    @Test
    void refusesAConfigurationThatCannotBe() {
        for (String name : List.of("OAUTHBEARER", "CRAM-MD5", "GSSAPI")) {
            Exception refusal = assertThrows(
                    IllegalArgumentException.class,
                    () -> new AuthExtension(
                            AuthConfig.DEFAULT.withMechanisms("PLAIN", name),
                            UserSources.of(user -> Optional.empty())));
            assertTrue(String.valueOf(refusal.getMessage()).startsWith("mechanisms: " + name), refusal.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> AuthConfig.DEFAULT.withMechanisms("plain", "PLAIN"));
    }

    private ServerDialogue tls() {
        return server().connect(TLS);
    }

    private ServerDialogue clear() {
        return server().connect(Optional.empty());
    }

    private ServerDialogue.Server server() {
        return server(Role.SUBMISSION);
    }

    private ServerDialogue.Server server(Role role) {
        List<Mechanism> mechanisms = ServerMechanisms.of(config, sources, new FixedRandom(), clock);
        return new ServerDialogue.Server(config, mechanisms, clock, role);
    }
}
