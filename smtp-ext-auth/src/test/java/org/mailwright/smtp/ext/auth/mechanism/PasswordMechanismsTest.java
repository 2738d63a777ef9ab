package org.mailwright.smtp.ext.auth.mechanism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.ext.auth.FixedRandom;
import org.mailwright.smtp.ext.auth.MapStore;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.CramMd5;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.auth.sasl.Username;
import org.mailwright.smtp.ext.auth.store.PasswordVerifier;

class PasswordMechanismsTest {

    private final List<String> asked = new ArrayList<>();
    private final PasswordVerifier tim = (user, password) -> {
        asked.add(user.value());
        return user.value().equals("tim") && new String(password.octets(), UTF_8).equals("tanstaaftanstaaf");
    };
    private final Mechanism plain = new PlainMechanism(tim, Authorizer.SELF_ONLY);
    private final Mechanism login = new LoginMechanism(tim, Authorizer.SELF_ONLY);

    @Test
    void plainTakesTheExamplesOfItsRfc() throws IOException {
        new Server(plain).accepts("\0tim\0tanstaaftanstaaf", "tim");
        new Server(plain).denies("Ursel\0Kurt\0xipj3plmq");
        assertEquals(SaslStep.Challenge.EMPTY, new Server(plain).open());
    }

    @Test
    void plainTakesTheOwnIdentityInAnyForm() throws IOException {
        new Server(plain).accepts("tim\0tim\0tanstaaftanstaaf", "tim");
        new Server(plain).accepts("TIM\0Tim\0tanstaaftanstaaf", "tim");
    }

    @Test
    void plainRefusesAForeignIdentityAfterTheSameWork() throws IOException {
        new Server(plain).denies("admin\0tim\0tanstaaftanstaaf");
        assertEquals(List.of("tim"), asked);
    }

    @Test
    void plainLetsAnAuthorizerAllowMore() throws IOException {
        Mechanism open = new PlainMechanism(tim, (who, as) -> as.value().equals("shared"));
        assertEquals(
                new SaslStep.Success(Username.of("tim"), Username.of("shared")),
                new Server(open).says("shared\0tim\0tanstaaftanstaaf"));
        new Server(open).denies("admin\0tim\0tanstaaftanstaaf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tim",
                "tim\0tanstaaftanstaaf",
                "\0tim\0tanstaaftanstaaf\0",
                "\0tim\0tanstaaftanstaaf\0x",
                "\0\0tanstaaftanstaaf",
                "\0tim\0",
                "\0t im\0tanstaaftanstaaf",
                "a b\0tim\0tanstaaftanstaaf",
                "\0tim\0tan\rstaaf",
            })
    void plainRejectsWhatBreaksItsGrammar(String response) throws IOException {
        new Server(plain).rejects(response);
        assertEquals(List.of(), asked);
    }

    @Test
    void plainRejectsNamesAndPasswordsThatAreTooLong() throws IOException {
        new Server(plain).rejects("\0" + "a".repeat(4600) + "\0" + "b".repeat(4600));
        new Server(plain).rejects("\0tim\0" + "b".repeat(Secret.MAX_OCTETS + 1));
    }

    @Test
    void loginAsksForNameAndPassword() throws IOException {
        Server server = new Server(login);
        assertEquals(SaslStep.Challenge.of("Username:"), server.open());
        assertEquals("Password:", server.asks("Tim"));
        server.accepts("tanstaaftanstaaf", "tim");
        Server again = new Server(login);
        assertEquals("Password:", again.asks("tim"), "the name came as initial response");
        again.denies("wrong");
    }

    @Test
    void loginRejectsWhatCannotBeNameOrPassword() throws IOException {
        new Server(login).rejects("");
        new Server(login).rejects("t\0im");
        Server server = new Server(login);
        server.asks("tim");
        server.rejects("");
    }

    @Test
    void loginAsksForAPasswordAlsoWhenNobodyHasThatName() throws IOException {
        Server server = new Server(login);
        assertEquals("Password:", server.asks("nobody"));
        server.denies("tanstaaftanstaaf");
    }

    @Test
    void cramMd5ComputesTheExampleOfItsRfc() {
        assertEquals(
                "b913a602c7eda7a495b4e6e7334d3890",
                CramMd5.digest(Secret.of("tanstaaftanstaaf"), "<1896.697170952@postoffice.reston.mci.net>"));
    }

    @Test
    void cramMd5AsksAnewEachTime() throws IOException {
        Mechanism cram = cram(new MapStore().with("tim", "tanstaaftanstaaf"));
        assertFalse(cram.initialResponse());
        String first = ((SaslStep.Challenge) new Server(cram).open()).text();
        assertTrue(first.matches("<[0-9a-f]{32}\\.1000@mx\\.example\\.test>"), first);
        assertNotEquals(first, ((SaslStep.Challenge) new Server(cram).open()).text());
    }

    @Test
    void cramMd5TakesTheRightAnswerOnly() throws IOException {
        Mechanism cram = cram(new MapStore().with("tim", "tanstaaftanstaaf"));
        cramAnswer(cram, "tim", "tanstaaftanstaaf").accept();
        cramAnswer(cram, "tim", "wrong").deny();
        cramAnswer(cram, "nobody", "tanstaaftanstaaf").deny();
        for (String broken :
                List.of("", "tim", " " + "0".repeat(32), "tim\0" + "0".repeat(32), "a b " + "0".repeat(32))) {
            Server server = new Server(cram);
            server.open();
            server.rejects(broken);
        }
    }

    @Test
    void aBrokenStoreIsNoFailureToLogIn() {
        MapStore store = new MapStore();
        store.broken = true;
        assertThrows(
                IOException.class, () -> cramAnswer(cram(store), "tim", "x").deny());
    }

    private static Mechanism cram(MapStore store) {
        return new CramMd5Mechanism(store, new FixedRandom(), InstantSource.fixed(Instant.ofEpochSecond(1)));
    }

    private record Answer(Server server, String response) {
        void accept() throws IOException {
            server.accepts(response, "tim");
        }

        void deny() throws IOException {
            server.denies(response);
        }
    }

    private static Answer cramAnswer(Mechanism cram, String user, String password) throws IOException {
        Server server = new Server(cram);
        String challenge = ((SaslStep.Challenge) server.open()).text();
        return new Answer(server, user + ' ' + CramMd5.digest(Secret.of(password), challenge));
    }
}
