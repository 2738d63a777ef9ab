package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.ext.tls.TestKeys.Issued;
import org.mailwright.smtp.ext.tls.TestKeys.Kind;

class ReloadTest {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now());
    private final TestKeys keys = new TestKeys();
    private Issued authority;
    private Issued old;
    private KeySource.Files files;

    @BeforeEach
    void makeKeys() throws Exception {
        authority = keys.authority("Test CA");
        old = keys.issue(authority, Kind.EC, "mx.test");
        files = old.write(folder, "mx");
    }

    @Test
    void changedFilesAreSeenWhenALookIsDue() throws Exception {
        TlsServerContext server = open(TlsServerConfig.of(files));
        Issued fresh = keys.issue(authority, Kind.RSA, "mx.test");
        SSLEngine before = server.newEngine();
        fresh.write(folder, "mx");
        assertEquals(serial(old), shown(server));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(serial(fresh), shownNext(server));
        assertEquals(serial(old), shown(before));
    }

    @Test
    void halfAChangeIsNotUsedAndTheOtherHalfIsSeen() throws Exception {
        TlsServerContext server = open(TlsServerConfig.of(files));
        Issued fresh = keys.issue(authority, Kind.EC, "mx.test");
        Files.writeString(files.certificate(), fresh.certificatePem());
        clock.advance(Duration.ofMinutes(1));
        assertEquals(serial(old), shownNext(server));
        assertThrows(TlsMaterialException.class, server::reload);
        assertEquals(serial(old), shown(server));
        Files.writeString(files.key(), fresh.keyPem());
        clock.advance(Duration.ofMinutes(1));
        assertEquals(serial(fresh), shownNext(server));
    }

    @Test
    void aDeletedFileChangesNothing() throws Exception {
        TlsServerContext server = open(TlsServerConfig.of(files));
        Files.delete(files.key());
        clock.advance(Duration.ofMinutes(1));
        assertEquals(serial(old), shownNext(server));
    }

    @Test
    void aReloadOnDemandNeedsNoClock() throws Exception {
        TlsServerContext server = open(TlsServerConfig.of(files));
        Issued fresh = keys.issue(authority, Kind.ED25519, "mx.test");
        fresh.write(folder, "mx");
        server.reload();
        assertEquals(serial(fresh), shown(server));
    }

    @Test
    void trustedAuthoritiesAreReadAnewToo() throws Exception {
        Path anchors = folder.resolve("ca.pem");
        Files.writeString(anchors, keys.authority("Another CA").certificatePem());
        TlsServerContext server = open(TlsServerConfig.of(files));
        TlsClientContext client = TlsClientContext.open(
                TlsClientConfig.DEFAULTS.verifiedBy(new Trust.Pem(anchors)), clock, Runnable::run, new SecureRandom());
        assertThrows(
                SSLException.class, () -> new Engines(client.newEngine("mx.test", 25), server.newEngine()).handshake());
        Files.writeString(anchors, authority.certificatePem());
        client.reload();
        new Engines(client.newEngine("mx.test", 25), server.newEngine()).handshake();
    }

    @Test
    void aSelfSignedCertificateIsRenewedWhileTheServerRuns() throws Exception {
        KeySource.SelfSigned own = new KeySource.SelfSigned(folder.resolve("own"), "mx.test");
        TlsServerContext server = open(TlsServerConfig.of(own));
        BigInteger first = shown(server);
        clock.advance(Duration.ofDays(794));
        assertEquals(first, shownNext(server));
        clock.advance(Duration.ofDays(2));
        assertNotEquals(first, shownNext(server));
    }

    private TlsServerContext open(TlsServerConfig config) throws TlsMaterialException {
        return TlsServerContext.open(config, clock, Runnable::run, new SecureRandom());
    }

    /** The engine that triggers a look may still have the old keys. */
    private static BigInteger shownNext(TlsServerContext server) throws Exception {
        server.newEngine();
        return shown(server);
    }

    private static BigInteger shown(TlsServerContext server) throws Exception {
        return shown(server.newEngine());
    }

    private static BigInteger shown(SSLEngine server) throws Exception {
        SSLEngine client = TlsClientContext.open(TlsClientConfig.DEFAULTS).newEngine("mx.test", 25);
        return new Engines(client, server).handshake().shown().getSerialNumber();
    }

    private static BigInteger serial(Issued issued) {
        return issued.certificate().getSerialNumber();
    }
}
