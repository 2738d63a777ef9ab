package org.mailwright.smtp.ext.auth.mechanism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.ext.auth.FixedChannel;
import org.mailwright.smtp.ext.auth.MapStore;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.ChannelBinding;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.scram.ScramKeys;
import org.mailwright.smtp.ext.auth.store.Credentials;
import org.mailwright.smtp.ext.auth.store.Decoys;

class ScramMechanismTest {

    private static final String WEB_SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";

    private final SecureRandom random = new SecureRandom();
    private final MapStore store =
            new MapStore().with(user(ScramHash.SHA_1, "QSXCR+Q6sek8bf92")).with(user(ScramHash.SHA_256, WEB_SALT));

    private static Credentials user(ScramHash hash, String salt) {
        ScramKeys keys =
                ScramKeys.derive(hash, Secret.of("pencil"), Base64.getDecoder().decode(salt), 4096);
        // Two users, so that each hash has one with the salt of its RFC.
        Username name = Username.of(hash == ScramHash.SHA_1 ? "user1" : "user");
        return new Credentials(name, Optional.empty(), Map.of(hash, keys));
    }

    /** RFC 7677 section 3. */
    @Test
    void goesThroughTheExampleOfTheRfc() throws IOException {
        String serverNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        ScramExchange exchange = new ScramExchange(
                new ScramLookup(ScramHash.SHA_256, store, new Decoys(store, 4096, random)),
                false,
                Authorizer.SELF_ONLY,
                new SaslContext("mx.example.test", SecureChannel.CLEAR, false),
                serverNonce);
        assertEquals(
                SaslStep.Challenge.of("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=" + WEB_SALT + ",i=4096"),
                exchange.step(octets("n,,n=user,r=rOprNGfwEbeRWgbNEkqO")));
        assertEquals(
                SaslStep.Challenge.of("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="),
                exchange.step(octets("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")));
        assertEquals(new SaslStep.Success(Username.of("user"), Username.of("user")), exchange.step(octets("")));
    }

    /** RFC 5802 section 5; the name is another, so the proof is computed anew. */
    @Test
    void checksAProofMadeWithSha1() throws IOException {
        Server server = server(ScramHash.SHA_1, false, SecureChannel.CLEAR, false);
        Proof proof = new Proof(ScramHash.SHA_1, "pencil", "n=user1,r=fyko+d2lbbFgONRv9qkxdawL", "n,,");
        server.accepts(proof.confirm(server, proof.answer(server.asks(proof.first()))), "user1");
    }

    @Test
    void refusesAWrongPasswordAndAChangedProof() throws IOException {
        Server wrong = scram();
        Proof bad = new Proof(ScramHash.SHA_256, "pencils", "n=user,r=abc", "n,,");
        wrong.denies(bad.answer(wrong.asks(bad.first())));
        Server flipped = scram();
        Proof good = new Proof(ScramHash.SHA_256, "pencil", "n=user,r=abc", "n,,");
        String answer = good.answer(flipped.asks(good.first()));
        char last = answer.charAt(answer.indexOf(",p=") + 3);
        flipped.denies(answer.replace(",p=" + last, ",p=" + (last == 'A' ? 'B' : 'A')));
    }

    @Test
    void refusesAChangedNonceOrHeader() throws IOException {
        Proof good = new Proof(ScramHash.SHA_256, "pencil", "n=user,r=abc", "n,,");
        Server nonce = scram();
        nonce.denies(good.answer(nonce.asks(good.first())).replace(",r=abc", ",r=abd"));
        Server header = scram();
        header.denies(good.answer(header.asks(good.first())).replace("c=biws", "c=eSws"));
        Server identity = scram();
        Proof foreign = new Proof(ScramHash.SHA_256, "pencil", "n=user,r=abc", "n,a=admin,");
        identity.denies(foreign.answer(identity.asks(foreign.first())));
        Server own = scram();
        Proof same = new Proof(ScramHash.SHA_256, "pencil", "n=user,r=abc", "n,a=USER,");
        own.accepts(same.confirm(own, same.answer(own.asks(same.first()))), "user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "n",
                "n,,",
                "n,,n=user",
                "n,,n=,r=abc",
                "n,,n=user,r=",
                "n,,r=abc,n=user",
                "n,,m=ext,n=user,r=abc",
                "n,,n=us=er,r=abc",
                "n,,n=us=2cer,r=abc",
                "n,,n=user,r=a b",
                "n,a=,n=user,r=abc",
                "n,x,n=user,r=abc",
                "n,,n=user,r=abc,",
                "n,,n=u s,r=abc",
                "n,,n=user,r=abc\0"
            })
    void rejectsAFirstMessageThatBreaksTheGrammar(String message) throws IOException {
        scram().rejects(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "c=biws", "c=biws,r=abc", "r=abc,c=biws,p=AAAA", "c=biws,r=abc,p=", "c=biws,r=abc,p=AAA"})
    void rejectsASecondMessageThatBreaksTheGrammar(String message) throws IOException {
        Server server = scram();
        server.asks("n,,n=user,r=abc");
        server.rejects(message);
        server.rejects(message);
    }

    @Test
    void rejectsAnythingButAnEmptyAnswerToItsSignature() throws IOException {
        Server server = scram();
        Proof good = new Proof(ScramHash.SHA_256, "pencil", "n=user,r=abc", "n,,");
        server.asks(good.answer(server.asks(good.first())));
        server.rejects("x");
        server.rejects("");
    }

    @Test
    void showsOneSaltForOneUnknownName() throws IOException {
        ScramMechanism mechanism = mechanism(ScramHash.SHA_256, false);
        String first = tail(new Server(mechanism).asks("n,,n=nobody,r=abc"));
        assertEquals(first, tail(new Server(mechanism).asks("n,,n=NOBODY,r=def")));
        assertNotEquals(first, tail(new Server(mechanism).asks("n,,n=another,r=abc")));
        assertEquals(
                first.length(),
                tail(new Server(mechanism).asks("n,,n=user,r=abc")).length());
        assertTrue(first.endsWith(",i=4096"));
        assertNotEquals(first, tail(new Server(mechanism(ScramHash.SHA_512, false)).asks("n,,n=nobody,r=abc")));
    }

    @Test
    void runsToTheSameEndForAnUnknownName() throws IOException {
        Server server = scram();
        Proof proof = new Proof(ScramHash.SHA_256, "pencil", "n=nobody,r=abc", "n,,");
        assertEquals(SaslStep.denied("wrong user or password"), server.says(proof.answer(server.asks(proof.first()))));
        Server known = scram();
        Proof wrong = new Proof(ScramHash.SHA_256, "wrong", "n=user,r=abc", "n,,");
        assertEquals(SaslStep.denied("wrong user or password"), known.says(wrong.answer(known.asks(wrong.first()))));
    }

    @ParameterizedTest
    @CsvSource({"TLS_EXPORTER,tls-exporter", "TLS_SERVER_END_POINT,tls-server-end-point"})
    void bindsToTheChannel(ChannelBinding type, String name) throws IOException {
        FixedChannel channel = FixedChannel.bound(type, "what only both ends know");
        Server server = server(ScramHash.SHA_256, true, channel, true);
        Proof bound =
                new Proof(ScramHash.SHA_256, "pencil", "n=user,r=abc", "p=" + name + ",,", "what only both ends know");
        server.accepts(bound.confirm(server, bound.answer(server.asks(bound.first()))), "user");
        Server other = server(ScramHash.SHA_256, true, channel, true);
        Proof relayed = new Proof(ScramHash.SHA_256, "pencil", "n=user,r=abc", "p=" + name + ",,", "another channel");
        other.denies(relayed.answer(other.asks(relayed.first())));
    }

    @Test
    void refusesFlagsThatDoNotFit() throws IOException {
        FixedChannel channel = FixedChannel.bound(ChannelBinding.TLS_EXPORTER, "data");
        server(ScramHash.SHA_256, true, channel, true).denies("n,,n=user,r=abc");
        server(ScramHash.SHA_256, true, channel, true).denies("y,,n=user,r=abc");
        server(ScramHash.SHA_256, true, channel, true).denies("p=tls-unique,,n=user,r=abc");
        server(ScramHash.SHA_256, true, channel, true).denies("p=tls-server-end-point,,n=user,r=abc");
        server(ScramHash.SHA_256, false, channel, true).denies("p=tls-exporter,,n=user,r=abc");
        server(ScramHash.SHA_256, false, channel, true).denies("y,,n=user,r=abc");
        server(ScramHash.SHA_256, false, channel, true).asks("n,,n=user,r=abc");
        server(ScramHash.SHA_256, false, SecureChannel.CLEAR, false).asks("y,,n=user,r=abc");
    }

    @Test
    void isUsableWithABindingOnly() {
        ScramMechanism plus = mechanism(ScramHash.SHA_256, true);
        assertEquals("SCRAM-SHA-256-PLUS", plus.name());
        assertFalse(plus.usable(SecureChannel.CLEAR));
        assertFalse(plus.usable(FixedChannel.TLS));
        assertTrue(plus.usable(FixedChannel.bound(ChannelBinding.TLS_EXPORTER, "x")));
        assertTrue(mechanism(ScramHash.SHA_256, false).usable(SecureChannel.CLEAR));
    }

    @Test
    void passesOnThatTheStoreIsBroken() {
        store.broken = true;
        assertThrows(IOException.class, () -> scram().says("n,,n=user,r=abc"));
    }

    private Server scram() {
        return server(ScramHash.SHA_256, false, SecureChannel.CLEAR, false);
    }

    private Server server(ScramHash hash, boolean plus, SecureChannel channel, boolean plusOffered) {
        return new Server(mechanism(hash, plus), channel, plusOffered);
    }

    private ScramMechanism mechanism(ScramHash hash, boolean plus) {
        return new ScramMechanism(
                hash, plus, store, new Decoys(store, 4096, new SecureRandom()), Authorizer.SELF_ONLY, random);
    }

    private static byte[] octets(String text) {
        return text.getBytes(UTF_8);
    }

    private static String tail(String challenge) {
        return challenge.substring(challenge.indexOf(",s="));
    }
}
