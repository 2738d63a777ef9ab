package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailwright.smtp.ext.tls.TestKeys.Issued;
import org.mailwright.smtp.ext.tls.TestKeys.Kind;

class HandshakeTest {

    private static final String HOST = "mx.example.test";

    @TempDir
    static Path folder;

    private static Issued authority;
    private static Issued stranger;
    private static TestKeys keys;
    private static final Map<Kind, KeySource> SOURCES = new EnumMap<>(Kind.class);

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = new TestKeys();
        authority = keys.authority("Test CA");
        stranger = keys.authority("Unknown CA");
        for (Kind kind : Kind.values()) {
            SOURCES.put(kind, keys.issue(authority, kind, HOST, "127.0.0.1").write(folder, TestKeys.fileName(kind)));
        }
    }

    static Stream<Arguments> matrix() {
        return Stream.of(TlsProvider.values())
                .flatMap(server -> Stream.of(TlsProvider.values())
                        .flatMap(client -> Stream.of(TlsVersion.values())
                                .flatMap(version -> Stream.of(Kind.values())
                                        .map(kind -> Arguments.of(server, client, version, kind)))));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void providersVersionsAndKeysWorkTogether(
            TlsProvider serverSide, TlsProvider clientSide, TlsVersion version, Kind kind) throws Exception {
        TlsServerContext server = TlsServerContext.open(TlsServerConfig.of(source(kind))
                .with(TlsConfig.DEFAULTS.with(serverSide)));
        TlsClientContext client = TlsClientContext.open(
                verified().with(TlsConfig.DEFAULTS.with(clientSide).with(Set.of(version))));
        Engines engines = new Engines(client.newEngine(HOST, 25), server.newEngine()).handshake();
        assertEquals(version.key(), engines.client.getSession().getProtocol());
        assertEquals("EHLO client.test\r\n", engines.send("EHLO client.test\r\n"));
        assertTrue(engines.client.getSession().getCipherSuite().contains("AES_128_GCM"));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void clientCertificatesAreChecked(
            TlsProvider serverSide, TlsProvider clientSide, TlsVersion version, Kind kind) throws Exception {
        TlsServerContext server = TlsServerContext.open(TlsServerConfig.of(source(Kind.EC))
                .with(TlsConfig.DEFAULTS.with(serverSide))
                .with(ClientAuth.REQUIRE, new Trust.Given(List.of(authority.certificate()))));
        TlsClientConfig config = verified().with(TlsConfig.DEFAULTS.with(clientSide).with(Set.of(version)));
        Issued own = keys.issue(authority, kind, "client.test");
        TlsClientContext client = TlsClientContext.open(config.with(own.write(folder, "client")));
        Engines engines = new Engines(client.newEngine(HOST, 25), server.newEngine()).handshake();
        X509Certificate seen =
                (X509Certificate) engines.server.getSession().getPeerCertificates()[0];
        assertArrayEquals(own.certificate().getEncoded(), seen.getEncoded());

        Issued foreign = keys.issue(stranger, kind, "client.test");
        TlsClientContext other = TlsClientContext.open(config.with(foreign.write(folder, "foreign")));
        assertFails(other.newEngine(HOST, 25), server.newEngine());
        assertFails(TlsClientContext.open(config).newEngine(HOST, 25), server.newEngine());
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aRequestedClientCertificateMayBeMissing(TlsProvider provider) throws Exception {
        TlsServerContext server = TlsServerContext.open(TlsServerConfig.of(source(Kind.EC))
                .with(TlsConfig.DEFAULTS.with(provider))
                .with(ClientAuth.REQUEST, new Trust.Given(List.of(authority.certificate()))));
        Engines engines = new Engines(client(provider).newEngine(HOST, 25), server.newEngine()).handshake();
        assertThrows(
                SSLPeerUnverifiedException.class,
                () -> engines.server.getSession().getPeerCertificates());
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void theNameIsVerified(TlsProvider provider) throws Exception {
        TlsServerContext server = server(provider);
        TlsClientContext client = client(provider);
        new Engines(client.newEngine("MX.example.test.", 25), server.newEngine()).handshake();
        new Engines(client.newEngine("127.0.0.1", 25), server.newEngine()).handshake();
        assertFails(client.newEngine("other.example.test", 25), server.newEngine());
        assertFails(client.newEngine("127.0.0.2", 25), server.newEngine());
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void theCommonNameIsNoName(TlsProvider provider) throws Exception {
        Issued nameless = keys.selfSigned(Kind.EC, "CN=" + HOST);
        TlsServerContext server = TlsServerContext.open(TlsServerConfig.of(nameless.write(folder, "cn"))
                .with(TlsConfig.DEFAULTS.with(provider)));
        TlsClientConfig config = TlsClientConfig.DEFAULTS
                .verifiedBy(new Trust.Given(List.of(nameless.certificate())))
                .with(TlsConfig.DEFAULTS.with(provider));
        assertFails(TlsClientContext.open(config).newEngine(HOST, 25), server.newEngine());
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void theAuthorityIsVerifiedUnlessAnyWillDo(TlsProvider provider) throws Exception {
        TlsClientConfig config = TlsClientConfig.DEFAULTS
                .verifiedBy(new Trust.Given(List.of(stranger.certificate())))
                .with(TlsConfig.DEFAULTS.with(provider));
        TlsServerContext server = server(provider);
        assertFails(TlsClientContext.open(config).newEngine(HOST, 25), server.newEngine());
        TlsClientConfig system = config.verifiedBy(new Trust.Platform());
        assertFails(TlsClientContext.open(system).newEngine(HOST, 25), server.newEngine());
        for (TlsMode mode : List.of(TlsMode.OPPORTUNISTIC, TlsMode.REQUIRED)) {
            SSLEngine any = TlsClientContext.open(config.with(mode)).newEngine("another.test", 25);
            assertEquals("NOOP", new Engines(any, server.newEngine()).handshake().send("NOOP"));
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void alpnKeepsOtherProtocolsOut(TlsProvider provider) throws Exception {
        TlsServerContext strict = server(provider);
        TlsServerContext lenient = TlsServerContext.open(TlsServerConfig.of(source(Kind.EC))
                .with(TlsConfig.DEFAULTS.with(provider))
                .with(TlsServerConfig.Alpn.LENIENT));
        assertFails(offering(provider, "http/1.1"), strict.newEngine());
        for (TlsServerContext server : List.of(strict, lenient)) {
            Engines mail = new Engines(offering(provider, "h2", "smtp"), server.newEngine()).handshake();
            assertEquals("smtp", mail.client.getApplicationProtocol());
        }
        Engines ignored = new Engines(offering(provider, "http/1.1"), lenient.newEngine()).handshake();
        assertEquals("NOOP", ignored.send("NOOP"));
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void theServerCertificateBindsTheChannel(TlsProvider provider) throws Exception {
        Engines engines = new Engines(client(provider).newEngine(HOST, 25), server(provider).newEngine()).handshake();
        byte[] mine = ChannelBindings.serverEndPoint(engines.client).orElseThrow();
        assertEquals(32, mine.length);
        assertArrayEquals(mine, ChannelBindings.serverEndPoint(engines.server).orElseThrow());
    }

    @Test
    void keyingMaterialIsTheSameAtBothEnds() throws Exception {
        for (TlsVersion version : TlsVersion.values()) {
            TlsConfig one = TlsConfig.DEFAULTS.with(Set.of(version));
            Engines engines = new Engines(
                            TlsClientContext.open(verified().with(one)).newEngine(HOST, 25),
                            server(TlsProvider.JSSE).newEngine())
                    .handshake();
            boolean given = Runtime.version().feature() >= 25;
            assertEquals(given, ChannelBindings.tlsExporter(engines.client).isPresent());
            if (given) {
                byte[] mine = ChannelBindings.tlsExporter(engines.client).orElseThrow();
                assertEquals(32, mine.length);
                assertArrayEquals(mine, ChannelBindings.tlsExporter(engines.server).orElseThrow());
            }
        }
    }

    @Test
    void withBouncyCastleThereIsNoKeyingMaterialAfterwards() throws Exception {
        Engines engines = new Engines(
                        client(TlsProvider.BOUNCYCASTLE).newEngine(HOST, 25),
                        server(TlsProvider.BOUNCYCASTLE).newEngine())
                .handshake();
        assertTrue(ChannelBindings.tlsExporter(engines.server).isEmpty());
    }

    @Test
    void theHandshakeTimeoutIsTheConfiguredOne() throws Exception {
        assertEquals(Duration.ofSeconds(30), server(TlsProvider.JSSE).handshakeTimeout());
        assertEquals(Duration.ofSeconds(30), client(TlsProvider.JSSE).handshakeTimeout());
    }

    private static KeySource source(Kind kind) {
        return Objects.requireNonNull(SOURCES.get(kind));
    }

    private static TlsClientConfig verified() {
        return TlsClientConfig.DEFAULTS.verifiedBy(new Trust.Given(List.of(authority.certificate())));
    }

    private static TlsServerContext server(TlsProvider provider) throws Exception {
        return TlsServerContext.open(
                TlsServerConfig.of(source(Kind.EC)).with(TlsConfig.DEFAULTS.with(provider)));
    }

    private static TlsClientContext client(TlsProvider provider) throws Exception {
        return TlsClientContext.open(verified().with(TlsConfig.DEFAULTS.with(provider)));
    }

    private static SSLEngine offering(TlsProvider provider, String... protocols) throws Exception {
        SSLEngine engine = client(provider).newEngine(HOST, 465);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static void assertFails(SSLEngine client, SSLEngine server) {
        assertThrows(SSLException.class, () -> new Engines(client, server).handshake());
    }
}
