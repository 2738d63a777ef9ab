package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSignedTest {

    private final Instant now = Instant.now();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mx.example.test", "localhost", "127.0.0.1", "::1"})
    void clientsThatTrustTheFileCanVerifyEachName(String name) throws Exception {
        KeySource.SelfSigned own = source("mx.example.test");
        for (TlsProvider provider : TlsProvider.values()) {
            TlsConfig protocol = TlsConfig.DEFAULTS.with(provider);
            TlsServerContext server =
                    TlsServerContext.open(TlsServerConfig.of(own).with(protocol));
            TlsClientConfig trusting = TlsClientConfig.DEFAULTS
                    .verifiedBy(new Trust.Pem(own.file()))
                    .with(protocol);
            Engines engines = new Engines(TlsClientContext.open(trusting).newEngine(name, 25), server.newEngine());
            assertEquals("NOOP", engines.handshake().send("NOOP"));
        }
    }

    @Test
    void onlyItsOwnerMayReadItAndNothingElseIsLeft() throws Exception {
        KeySource.SelfSigned own = source("mx.example.test");
        ensure(own, now);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own.file())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own.folder())));
        try (Stream<Path> all = Files.list(own.folder())) {
            assertEquals(List.of(own.file()), all.toList());
        }
    }

    @Test
    void itIsMadeOnceAndKept() throws Exception {
        KeySource.SelfSigned own = source("mx.example.test");
        Instant renewal = ensure(own, now);
        String first = Files.readString(own.file());
        assertEquals(now.plus(Duration.ofDays(795)), renewal);
        ensure(own, now.plus(Duration.ofDays(794)));
        assertEquals(first, Files.readString(own.file()));
        X509Certificate made = certificate(own);
        assertEquals("EC", made.getPublicKey().getAlgorithm());
        assertEquals(-1, made.getBasicConstraints());
        assertEquals(
                now.plus(Duration.ofDays(825)).getEpochSecond(),
                made.getNotAfter().toInstant().getEpochSecond());
    }

    @Test
    void itIsMadeAnewNearItsEndForAnotherNameAndWhenDamaged() throws Exception {
        KeySource.SelfSigned own = source("mx.example.test");
        ensure(own, now);
        String first = Files.readString(own.file());
        ensure(own, now.plus(Duration.ofDays(796)));
        String second = Files.readString(own.file());
        assertNotEquals(first, second);
        ensure(source("mail.example.test"), now.plus(Duration.ofDays(796)));
        assertTrue(ServerIdentity.matches(certificate(own), "mail.example.test"));
        assertFalse(ServerIdentity.matches(certificate(own), "mx.example.test"));
        Files.writeString(own.file(), "damaged");
        ensure(own, now);
        assertTrue(ServerIdentity.matches(certificate(own), "mx.example.test"));
    }

    @Test
    void hostsMayBeInternationalAddressesOrVeryLong() throws Exception {
        ensure(source("bücher.test"), now);
        assertTrue(ServerIdentity.matches(certificate(source("x")), "xn--bcher-kva.test"));
        ensure(source("192.0.2.7"), now);
        assertTrue(ServerIdentity.matches(certificate(source("x")), "192.0.2.7"));
        String longest = "a".repeat(60) + "." + "b".repeat(60) + ".test";
        ensure(source(longest), now);
        assertTrue(ServerIdentity.matches(certificate(source("x")), longest));
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        KeySource.SelfSigned own = new KeySource.SelfSigned(file, "mx.test");
        TlsMaterialException e =
                assertThrows(TlsMaterialException.class, () -> TlsServerContext.open(TlsServerConfig.of(own)));
        assertEquals(own.file(), e.file());
        assertTrue(String.valueOf(e.getMessage()).startsWith(own.file() + ": cannot be written"));
    }

    private KeySource.SelfSigned source(String hostname) {
        return new KeySource.SelfSigned(folder.resolve("tls"), hostname);
    }

    private static Instant ensure(KeySource.SelfSigned own, Instant now) throws TlsMaterialException {
        return new SelfSignedCertificate(own, now, new SecureRandom()).ensure();
    }

    private X509Certificate certificate(KeySource.SelfSigned own) throws TlsMaterialException {
        return new KeyLoader(TlsProvider.JSSE, now)
                .load(new KeySource.Files(own.file(), own.file()))
                .certificate();
    }
}
