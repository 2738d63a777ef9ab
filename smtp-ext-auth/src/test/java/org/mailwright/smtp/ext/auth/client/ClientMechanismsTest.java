package org.mailwright.smtp.ext.auth.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.ext.auth.FixedChannel;
import org.mailwright.smtp.ext.auth.sasl.ChannelBinding;
import org.mailwright.smtp.ext.auth.sasl.ClientAnswer;
import org.mailwright.smtp.ext.auth.sasl.ClientContext;
import org.mailwright.smtp.ext.auth.sasl.ClientExchange;
import org.mailwright.smtp.ext.auth.sasl.ClientMechanism;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

class ClientMechanismsTest {

    private static final FixedChannel BOUND = FixedChannel.bound(ChannelBinding.TLS_EXPORTER, "data");
    private static final ClientCredentials USER =
            new ClientCredentials.Password("user", Secret.of("pencil"), Optional.empty());
    private static final ClientCredentials TOKEN =
            new ClientCredentials.Token("user@example.com", Secret.of("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="));

    /** RFC 5802 section 5. */
    @Test
    void goesThroughTheExampleWithSha1() {
        ClientExchange exchange = start("SCRAM-SHA-1", "fyko+d2lbbFgONRv9qkxdawL", SecureChannel.CLEAR, false);
        assertEquals("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", initial(exchange));
        assertEquals(
                "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                answer(exchange, "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"));
        assertFalse(exchange.complete());
        assertEquals("", answer(exchange, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
        assertTrue(exchange.complete());
        aborts(exchange, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }

    /** RFC 7677 section 3. */
    @Test
    void goesThroughTheExampleWithSha256() {
        ClientExchange exchange = start("SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO", SecureChannel.CLEAR, false);
        String nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        assertEquals(
                "c=biws,r=" + nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                answer(exchange, "r=" + nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        assertEquals("", answer(exchange, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        assertTrue(exchange.complete());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=other,s=QUFBQUFBQUE=,i=4096",
                "r=abc,s=QUFBQUFBQUE=,i=4096",
                "r=ab,s=QUFBQUFBQUE=,i=4096",
                "m=ext,r=abcd,s=QUFBQUFBQUE=,i=4096",
                "r=abcd,s=,i=4096",
                "r=abcd,s=???,i=4096",
                "r=abcd,s=QUFBQUFBQUE=",
                "r=abcd,s=QUFBQUFBQUE=,i=0",
                "r=abcd,s=QUFBQUFBQUE=,i=-4096",
                "r=abcd,s=QUFBQUFBQUE=,i=4095",
                "r=abcd,s=QUFBQUFBQUE=,i=1000001",
                "r=abcd,s=QUFBQUFBQUE=,i=2147483648",
                "r=abcd,s=QUFBQUFBQUE=,i=99999999999999999999",
                "r=ab cd,s=QUFBQUFBQUE=,i=4096",
                "e=other-error",
            })
    void provesNothingToAHostileServer(String challenge) {
        ClientExchange exchange = start("SCRAM-SHA-256", "abc", SecureChannel.CLEAR, false);
        aborts(exchange, challenge);
        aborts(exchange, "r=abcd,s=QUFBQUFBQUE=,i=4096");
        assertFalse(exchange.complete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=", "v=AAAA", "e=invalid-proof", "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="})
    void believesNoServerThatDoesNotKnowThePassword(String signature) {
        ClientExchange exchange = start("SCRAM-SHA-256", "abc", SecureChannel.CLEAR, false);
        answer(exchange, "r=abcd,s=QUFBQUFBQUE=,i=4096");
        aborts(exchange, signature);
        assertFalse(exchange.complete());
    }

    @Test
    void saysWhatItKnowsOfChannelBinding() {
        assertTrue(initial(start("SCRAM-SHA-256-PLUS", "abc", BOUND, true)).startsWith("p=tls-exporter,,n=user"));
        assertTrue(initial(start("SCRAM-SHA-256", "abc", BOUND, false)).startsWith("y,,"));
        assertTrue(initial(start("SCRAM-SHA-256", "abc", BOUND, true)).startsWith("n,,"));
        assertTrue(
                initial(start("SCRAM-SHA-256", "abc", FixedChannel.TLS, false)).startsWith("n,,"));
    }

    @Test
    void escapesNamesAndActsAsAnother() {
        ClientCredentials odd = new ClientCredentials.Password("a,b=c", Secret.of("x"), Optional.of("boss"));
        ClientExchange exchange = mechanism(odd, "SCRAM-SHA-1", "abc").start(context(SecureChannel.CLEAR, false));
        assertEquals("n,a=boss,n=a=2Cb=3Dc,r=abc", initial(exchange));
        assertEquals("boss\0a,b=c\0x", initial(mechanism(odd, "PLAIN", "").start(context(FixedChannel.TLS, false))));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "PLAIN LOGIN SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-256-PLUS, SCRAM-SHA-256-PLUS, SCRAM-SHA-256",
                "LOGIN plain, PLAIN, none",
                "CRAM-MD5 LOGIN, CRAM-MD5, CRAM-MD5",
                "SCRAM-SHA-512 SCRAM-SHA-1-PLUS, SCRAM-SHA-1-PLUS, SCRAM-SHA-512",
                "NTLM GSSAPI, none, none",
            })
    void takesTheStrongestThatMayBeUsed(String offered, String bound, String clear) {
        List<String> names = List.of(offered.split(" "));
        assertEquals(Optional.ofNullable(bound), first(names, BOUND, false));
        assertEquals(Optional.ofNullable(clear), first(names, SecureChannel.CLEAR, false));
    }

    @Test
    void sendsAPasswordInClearOnRequestOnly() {
        assertEquals(Optional.empty(), first(List.of("PLAIN"), SecureChannel.CLEAR, false));
        assertEquals(Optional.of("PLAIN"), first(List.of("PLAIN"), SecureChannel.CLEAR, true));
    }

    /** RFC 7628 section 4.1, without its line breaks; the port is ours. */
    @Test
    void sendsATokenAsTheRfcDoes() {
        ClientExchange exchange = mechanism(TOKEN, "OAUTHBEARER", "").start(context(FixedChannel.TLS, false));
        assertEquals(
                "n,a=user@example.com,\1host=mx.example.test\1port=587\1"
                        + "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1",
                initial(exchange));
        assertTrue(exchange.complete());
        assertEquals("\1", answer(exchange, "{\"status\":\"invalid_token\"}"));
        assertFalse(exchange.complete());
        aborts(exchange, "");
    }

    @Test
    void sendsATokenTheOldWay() {
        ClientExchange exchange = mechanism(TOKEN, "XOAUTH2", "").start(context(FixedChannel.TLS, false));
        assertTrue(initial(exchange).startsWith("user=user@example.com\1auth=Bearer vF9"));
        assertEquals("", answer(exchange, "{\"status\":\"400\"}"));
        aborts(exchange, "");
    }

    @Test
    void answersNoMoreQuestionsThanThereAre() {
        ClientExchange plain = start("PLAIN", "", FixedChannel.TLS, false);
        aborts(plain, "");
        ClientExchange login = start("LOGIN", "", FixedChannel.TLS, false);
        assertEquals(Optional.empty(), login.initial());
        assertFalse(login.complete());
        assertEquals("user", answer(login, "Username:"));
        assertEquals("pencil", answer(login, "anything"));
        assertTrue(login.complete());
        aborts(login, "PIN:");
        assertFalse(login.complete());
    }

    @Test
    void answersCramMd5ChallengesThatAreMessageIdentifiersOnly() {
        ClientCredentials tim = new ClientCredentials.Password("tim", Secret.of("tanstaaftanstaaf"));
        ClientExchange good = mechanism(tim, "CRAM-MD5", "").start(context(SecureChannel.CLEAR, false));
        assertEquals(
                "tim b913a602c7eda7a495b4e6e7334d3890", answer(good, "<1896.697170952@postoffice.reston.mci.net>"));
        aborts(good, "<again@example.test>");
        aborts(mechanism(tim, "CRAM-MD5", "").start(context(SecureChannel.CLEAR, false)), "");
    }

    @Test
    void showsACertificateByName() {
        ClientCredentials certificate = new ClientCredentials.Certificate(Optional.empty());
        assertEquals("", initial(mechanism(certificate, "EXTERNAL", "").start(context(FixedChannel.TLS, false))));
        assertTrue(new ClientMechanisms(ScramBounds.DEFAULT, () -> "")
                .choices(certificate, List.of("EXTERNAL"), SecureChannel.CLEAR, true)
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\r\nRSET", "a\u0085"})
    void takesNoNameThatCouldEndALine(String name) {
        Secret secret = Secret.of("x");
        assertThrows(IllegalArgumentException.class, () -> new ClientCredentials.Password(name, secret));
        assertThrows(IllegalArgumentException.class, () -> new ClientCredentials.Token(name, secret));
        assertThrows(IllegalArgumentException.class, () -> new ClientCredentials.Certificate(Optional.of(name)));
    }

    @Test
    void showsNoSecret() {
        assertFalse((USER.toString() + mechanism(USER, "PLAIN", "")).contains("pencil"));
        assertThrows(IllegalArgumentException.class, () -> new ScramBounds(5000, 4096));
    }

    private static Optional<String> first(List<String> offered, SecureChannel channel, boolean inClear) {
        return new ClientMechanisms(ScramBounds.DEFAULT, () -> "abc")
                .choices(USER, offered, channel, inClear).stream().findFirst().map(ClientMechanism::name);
    }

    private static ClientExchange start(String name, String nonce, SecureChannel channel, boolean plusOffered) {
        return mechanism(USER, name, nonce).start(context(channel, plusOffered));
    }

    private static ClientMechanism mechanism(ClientCredentials credentials, String name, String nonce) {
        return new ClientMechanisms(ScramBounds.DEFAULT, () -> nonce)
                .all(credentials).stream()
                        .filter(mechanism -> mechanism.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static ClientContext context(SecureChannel channel, boolean plusOffered) {
        return new ClientContext("mx.example.test", 587, channel, plusOffered);
    }

    private static String initial(ClientExchange exchange) {
        return new String(exchange.initial().orElseThrow(), UTF_8);
    }

    private static String answer(ClientExchange exchange, String challenge) {
        ClientAnswer answer = exchange.step(challenge.getBytes(UTF_8));
        return new String(assertInstanceOf(ClientAnswer.Respond.class, answer).data(), UTF_8);
    }

    private static void aborts(ClientExchange exchange, String challenge) {
        assertInstanceOf(ClientAnswer.Abort.class, exchange.step(challenge.getBytes(UTF_8)));
    }
}
