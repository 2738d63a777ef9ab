package org.mailwright.smtp.ext.auth.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.ext.auth.Certificates;
import org.mailwright.smtp.ext.auth.FixedChannel;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.Username;

class ExternalMechanismTest {

    private static final FixedChannel ALICE = new FixedChannel(Map.of(), List.of(Certificates.named("ec-sha384")));

    private final ExternalMechanism external =
            new ExternalMechanism(CertificateMapper.MAIL_ADDRESSES, Authorizer.SELF_ONLY);

    @Test
    void takesTheMailAddressesOfTheCertificateAndNothingOfItsSubject() throws IOException {
        assertEquals(
                List.of(Username.of("alice@example.test"), Username.of("second@example.test")),
                CertificateMapper.MAIL_ADDRESSES.users(ALICE.peerChain()));
    }

    @Test
    void takesTheFirstAddressUnlessAnotherIsAskedFor() throws IOException {
        server().accepts("", "alice@example.test");
        server().accepts("ALICE@example.test", "alice@example.test");
        server().accepts("second@example.test", "second@example.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin@example.test", "subject@example.test", "client.example.test"})
    void refusesWhomTheCertificateDoesNotName(String user) throws IOException {
        server().denies(user);
    }

    @Test
    void rejectsWhatCannotBeAName() throws IOException {
        server().rejects("a\0b");
    }

    @Test
    void refusesACertificateThatStandsForNobody() throws IOException {
        ExternalMechanism nobody = new ExternalMechanism(chain -> List.of(), (who, as) -> true);
        new Server(nobody, ALICE, false).denies("");
        new Server(nobody, ALICE, false).denies("alice@example.test");
    }

    @Test
    void isUsableWithACertificateOnly() {
        assertTrue(external.usable(ALICE));
        assertFalse(external.usable(FixedChannel.TLS));
        assertFalse(external.usable(SecureChannel.CLEAR));
        assertFalse(external.plainText());
    }

    private Server server() {
        return new Server(external, ALICE, false);
    }
}
