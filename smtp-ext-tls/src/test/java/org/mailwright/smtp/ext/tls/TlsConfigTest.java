package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TlsConfigTest {

    private static final TlsConfig D = TlsConfig.DEFAULTS;

    @Test
    void eachWrongValueNamesItsKey() {
        assertWrong(
                "tls.cipher-suites: expected suites of TLS 1.3 or ECDHE with AES-GCM or ChaCha20-Poly1305, found "
                        + "TLS_RSA_WITH_AES_128_CBC_SHA",
                () -> suites(Set.of(TlsVersion.TLS_1_2), "TLS_RSA_WITH_AES_128_CBC_SHA"));
        assertWrong(
                "tls.cipher-suites: none of them belongs to TLSv1.3, which tls.protocols enables",
                () -> suites(Set.of(TlsVersion.TLS_1_3), "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        assertWrong("tls.protocols: expected TLSv1.2, TLSv1.3 or both, found none", () -> D.with(Set.of()));
        assertWrong(
                "tls.groups: expected secp256r1 among them, found [x25519]",
                () -> new TlsConfig(
                        D.provider(), D.versions(), D.cipherSuites(), List.of("x25519"), D.handshakeTimeout()));
        assertWrong("tls.handshake-timeout: expected more than zero and at most PT10M, found PT0S", () -> timeout(0));
        assertWrong("tls.handshake-timeout: expected more than zero and at most PT10M, found PT-1S", () -> timeout(-1));
        assertWrong(
                "tls.handshake-timeout: expected more than zero and at most PT10M, found PT10M1S", () -> timeout(601));
        assertWrong("tls.certificate: expected at least one certificate, found none", TlsServerConfig::of);
        assertWrong("tls.ca: expected at least one certificate, found none", () -> new Trust.Given(List.of()));
        assertWrong(
                "tls.reload-interval: expected zero or more, found PT-1S",
                () -> new TlsClientConfig(D, TlsMode.NONE, new Trust.Platform(), List.of(), Duration.ofSeconds(-1)));
    }

    @Test
    void onlyTwoModesInsist() {
        assertFalse(TlsMode.NONE.insists() || TlsMode.OPPORTUNISTIC.insists());
        assertTrue(TlsMode.REQUIRED.insists() && TlsMode.VERIFIED.insists());
    }

    @Test
    void secretsAreNeverShown() {
        Path file = Path.of("a.pem");
        String shown = new KeySource.Files(file, file, Optional.of("secret"::toCharArray)) + " "
                + new Trust.Store(file, "secret"::toCharArray);
        assertEquals("Files[certificate=a.pem, key=a.pem] Store[file=a.pem]", shown);
    }

    private static TlsConfig suites(Set<TlsVersion> versions, String suite) {
        return new TlsConfig(D.provider(), versions, List.of(suite), D.namedGroups(), D.handshakeTimeout());
    }

    private static TlsConfig timeout(int seconds) {
        return new TlsConfig(
                D.provider(), D.versions(), D.cipherSuites(), D.namedGroups(), Duration.ofSeconds(seconds));
    }

    private static void assertWrong(String message, Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
