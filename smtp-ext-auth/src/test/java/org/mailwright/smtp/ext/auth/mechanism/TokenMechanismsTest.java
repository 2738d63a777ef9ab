package org.mailwright.smtp.ext.auth.mechanism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier.Verdict;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.Username;

class TokenMechanismsTest {

    private static final Username USER = Username.of("user@example.com");
    private static final String TOKEN = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";

    private final List<String> seen = new ArrayList<>();
    private Verdict.Rejected rejected =
            new Verdict.Rejected(Optional.of("mail \"send\""), Optional.of("https://id.example.test/c"));
    private final TokenVerifier verifier = (token, claimed) -> {
        String text = new String(token.octets(), UTF_8);
        seen.add(text);
        return text.equals(TOKEN) ? new Verdict.Accepted(USER) : rejected;
    };
    private final Mechanism bearer = new OauthBearerMechanism(verifier, Authorizer.SELF_ONLY);
    private final Mechanism old = new Xoauth2Mechanism(verifier, Authorizer.SELF_ONLY);

    /** RFC 7628 section 4.1. */
    @Test
    void takesTheExampleOfTheRfc() throws IOException {
        new Server(bearer)
                .accepts(
                        "n,a=user@example.com,\1host=server.example.com\1port=587\1auth=Bearer " + TOKEN + "\1\1",
                        "user@example.com");
        new Server(bearer).accepts("n,,\1auth=bearer " + TOKEN + "\1\1", "user@example.com");
        new Server(old).accepts("user=user@example.com\1auth=Bearer " + TOKEN + "\1\1", "user@example.com");
    }

    @Test
    void saysWhatIsWrongAndFailsAfterTheDummyResponse() throws IOException {
        Server server = new Server(bearer);
        assertEquals(
                "{\"status\":\"invalid_token\",\"scope\":\"mail \\\"send\\\"\","
                        + "\"openid-configuration\":\"https://id.example.test/c\"}",
                server.asks("n,,\1auth=Bearer bad\1\1"));
        server.denies("\1");
        Server older = new Server(old);
        assertEquals(
                "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail \\\"send\\\"\"}",
                older.asks("user=user@example.com\1auth=Bearer bad\1\1"));
        older.denies("");
    }

    @Test
    void takesNoSecondTokenInPlaceOfTheDummyResponse() throws IOException {
        Server server = new Server(bearer);
        server.asks("n,,\1auth=Bearer bad\1\1");
        server.denies("n,,\1auth=Bearer " + TOKEN + "\1\1");
    }

    @Test
    void leavesHintsOutThatDoNotFitIntoAReply() throws IOException {
        rejected = new Verdict.Rejected(Optional.of("s".repeat(1000)), Optional.empty());
        assertEquals("{\"status\":\"invalid_token\"}", new Server(bearer).asks("n,,\1auth=Bearer bad\1\1"));
    }

    @Test
    void letsATokenSpeakForItsUserOnly() throws IOException {
        Server server = new Server(bearer);
        assertTrue(server.asks("n,a=admin@example.com,\1auth=Bearer " + TOKEN + "\1\1")
                .contains("invalid_token"));
        server.denies("\1");
        Server older = new Server(old);
        older.asks("user=admin@example.com\1auth=Bearer " + TOKEN + "\1\1");
        older.denies("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth=Basic dGVzdA==",
                "auth=Bearer",
                "auth=Bearer ",
                "auth=Bearer two tokens",
                "auth=Bearer t\u00F6ken",
                "auth=Bearer ;drop",
            })
    void refusesWhatIsNoBearerTokenWithoutAskingTheVerifier(String pair) throws IOException {
        Server server = new Server(bearer);
        server.asks("n,,\1" + pair + "\1\1");
        server.denies("\1");
        assertEquals(List.of(), seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\1",
                "n,,",
                "n,,\1\1",
                "n,,\1auth=Bearer x\1",
                "n,,auth=Bearer x\1\1",
                "p=tls-exporter,,\1auth=Bearer x\1\1",
                "n,,\1host=x\1\1",
                "n,,\1auth=Bearer x\1auth=Bearer y\1\1",
                "n,,\1=x\1\1",
                "n,,\1a1=x\1auth=Bearer x\1\1",
                "n,a=,\1auth=Bearer x\1\1",
                "n,a=a b,\1auth=Bearer x\1\1",
                "n,,\1auth=Bearer x\0\1\1"
            })
    void rejectsWhatBreaksTheGrammarOfTheRfc(String message) throws IOException {
        new Server(bearer).rejects(message);
        assertEquals(List.of(), seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "user=a\1\1", "auth=Bearer x\1\1", "user=a\1auth=Bearer x\1", "user=a b\1auth=Bearer x\1\1"})
    void rejectsWhatBreaksTheGrammarOfXoauth2(String message) throws IOException {
        new Server(old).rejects(message);
    }

    @Test
    void passesOnThatTheVerifierCannotSay() {
        TokenVerifier away = (token, claimed) -> {
            throw new IOException("the issuer is away");
        };
        assertThrows(
                IOException.class,
                () -> new Server(new OauthBearerMechanism(away, Authorizer.SELF_ONLY))
                        .says("n,,\1auth=Bearer " + TOKEN + "\1\1"));
    }
}
