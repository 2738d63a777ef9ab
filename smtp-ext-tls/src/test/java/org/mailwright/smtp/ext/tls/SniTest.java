package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailwright.smtp.ext.tls.TestKeys.Issued;
import org.mailwright.smtp.ext.tls.TestKeys.Kind;

class SniTest {

    @TempDir
    static Path folder;

    private static Issued first;
    private static Issued firstTwin;
    private static Issued wild;
    private static Issued exact;
    private static Issued foreign;
    private static TlsServerConfig config;

    @BeforeAll
    static void makeKeys() throws Exception {
        TestKeys keys = new TestKeys();
        Issued authority = keys.authority("Test CA");
        first = keys.issue(authority, Kind.EC, "mx.example.test");
        firstTwin = keys.issue(authority, Kind.RSA, "mx.example.test", "mail.example.test");
        wild = keys.issue(authority, Kind.EC, "*.hosted.test");
        exact = keys.issue(authority, Kind.EC, "one.hosted.test");
        foreign = keys.issue(authority, Kind.RSA, "xn--bcher-kva.test");
        config = TlsServerConfig.of(
                first.write(folder, "first"),
                firstTwin.write(folder, "twin"),
                wild.write(folder, "wild"),
                exact.write(folder, "exact"),
                foreign.write(folder, "foreign"));
    }

    @ParameterizedTest
    @CsvSource({
        "JSSE, TLS_1_2",
        "JSSE, TLS_1_3",
        "BOUNCYCASTLE, TLS_1_2",
        "BOUNCYCASTLE, TLS_1_3",
    })
    void theNameChooses(TlsProvider provider, TlsVersion version) throws Exception {
        TlsServerContext server = TlsServerContext.open(config.with(TlsConfig.DEFAULTS.with(provider)));
        TlsConfig protocol = TlsConfig.DEFAULTS.with(provider).with(Set.of(version));
        TlsClientContext client = TlsClientContext.open(TlsClientConfig.DEFAULTS.with(protocol));
        assertShown(first, server, client, "mx.example.test");
        assertShown(first, server, client, "MX.Example.Test.");
        assertShown(firstTwin, server, client, "mail.example.test");
        assertShown(exact, server, client, "one.hosted.test");
        assertShown(wild, server, client, "two.hosted.test");
        assertShown(first, server, client, "a.two.hosted.test");
        assertShown(foreign, server, client, "bücher.test");
        assertShown(first, server, client, "unknown.test");
        assertShown(first, server, client, "127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aClientWithoutEllipticKeysGetsTheTwinOfTheSameName(TlsProvider provider) throws Exception {
        TlsServerContext server = TlsServerContext.open(config.with(TlsConfig.DEFAULTS.with(provider)));
        TlsConfig rsaOnly = new TlsConfig(
                provider,
                Set.of(TlsVersion.TLS_1_2),
                List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                TlsConfig.DEFAULTS.namedGroups(),
                Duration.ofSeconds(5));
        TlsClientContext client = TlsClientContext.open(TlsClientConfig.DEFAULTS.with(rsaOnly));
        assertShown(firstTwin, server, client, "mx.example.test");
        assertShown(firstTwin, server, client, "unknown.test");
    }

    private static void assertShown(Issued expected, TlsServerContext server, TlsClientContext client, String name)
            throws Exception {
        Engines engines = new Engines(client.newEngine(name, 25), server.newEngine()).handshake();
        assertEquals(expected.certificate().getSerialNumber(), engines.shown().getSerialNumber(), name);
    }
}
