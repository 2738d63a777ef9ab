package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;
import org.mailwright.smtp.ext.tls.TestKeys.Issued;
import org.mailwright.smtp.ext.tls.TestKeys.Kind;

class HandshakeTest {

    private static final String HOST = "mx.example.test";
    private static final String LABEL = "EXPORTER-Channel-Binding";
    private static final SocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 25);

    @TempDir
    static Path folder;

    private static Issued authority;
    private static Issued stranger;
    private static TestKeys keys;
    private static final Map<Kind, KeySource> SOURCES = new EnumMap<>(Kind.class);
    private static final Map<Kind, KeySource> OWN = new EnumMap<>(Kind.class);
    private static final Map<Kind, KeySource> FOREIGN = new EnumMap<>(Kind.class);

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = new TestKeys();
        authority = keys.authority("Test CA");
        stranger = keys.authority("Unknown CA");
        for (Kind kind : Kind.values()) {
            SOURCES.put(kind, keys.issue(authority, kind, HOST, "127.0.0.1").write(folder, TestKeys.fileName(kind)));
            String client = TestKeys.fileName(kind) + ".client.test";
            OWN.put(kind, keys.issue(authority, kind, client).write(folder, "own-" + client));
            FOREIGN.put(kind, keys.issue(stranger, kind, client).write(folder, "foreign-" + client));
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
        TlsServerContext server =
                TlsServerContext.open(TlsServerConfig.of(source(kind)).with(TlsConfig.DEFAULTS.with(serverSide)));
        TlsClientContext client = TlsClientContext.open(
                verified().with(TlsConfig.DEFAULTS.with(clientSide).with(Set.of(version))));
        Engines engines = new Engines(client.newEngine(HOST, 25), server.newEngine()).handshake();
        assertEquals(version.key(), engines.client.getSession().getProtocol());
        assertEquals("EHLO client.test\r\n", engines.send("EHLO client.test\r\n"));
        assertTrue(engines.client.getSession().getCipherSuite().contains("AES_128_GCM"));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void clientCertificatesAreChecked(TlsProvider serverSide, TlsProvider clientSide, TlsVersion version, Kind kind)
            throws Exception {
        TlsServerContext server = TlsServerContext.open(TlsServerConfig.of(source(Kind.EC))
                .with(TlsConfig.DEFAULTS.with(serverSide))
                .with(ClientAuth.REQUIRE, new Trust.Given(List.of(authority.certificate()))));
        TlsClientConfig config =
                verified().with(TlsConfig.DEFAULTS.with(clientSide).with(Set.of(version)));
        KeySource own = Objects.requireNonNull(OWN.get(kind));
        TlsClientContext client = TlsClientContext.open(config.with(own));
        Engines engines = new Engines(client.newEngine(HOST, 25), server.newEngine()).handshake();
        X509Certificate seen = (X509Certificate) engines.server.getSession().getPeerCertificates()[0];
        assertTrue(ServerIdentity.matches(seen, TestKeys.fileName(kind) + ".client.test"));

        TlsClientContext other = TlsClientContext.open(config.with(Objects.requireNonNull(FOREIGN.get(kind))));
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
        assertEquals(Optional.empty(), client.refusal());
        assertFails(client.newEngine("other.example.test", 25), server.newEngine());
        assertTrue(client.refusal().orElseThrow().endsWith(", expected other.example.test"));
        assertFails(client.newEngine("127.0.0.2", 25), server.newEngine());
        Engines resumed = new Engines(client.newEngine("127.0.0.1", 25), server.newEngine()).handshake();
        client.policy("127.0.0.1").describe(resumed.client);
        assertEquals(Optional.empty(), client.refusal());
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void theCommonNameIsNoName(TlsProvider provider) throws Exception {
        Issued nameless = keys.selfSigned(Kind.EC, "CN=" + HOST);
        TlsServerContext server = TlsServerContext.open(
                TlsServerConfig.of(nameless.write(folder, "cn")).with(TlsConfig.DEFAULTS.with(provider)));
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
        TlsClientContext wary = TlsClientContext.open(config);
        assertFails(wary.newEngine(HOST, 25), server.newEngine());
        String refusal = wary.refusal().orElseThrow();
        assertTrue(refusal.startsWith("the certificate for " + HOST), refusal);
        assertFalse(refusal.contains("Exception"), refusal);
        TlsClientConfig system = config.verifiedBy(new Trust.Platform());
        assertFails(TlsClientContext.open(system).newEngine(HOST, 25), server.newEngine());
        for (TlsMode mode : List.of(TlsMode.OPPORTUNISTIC, TlsMode.REQUIRED)) {
            SSLEngine any = TlsClientContext.open(config.with(mode)).newEngine("another.test", 25);
            assertEquals(
                    "NOOP", new Engines(any, server.newEngine()).handshake().send("NOOP"));
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
    void bothEndsDescribeWhatWasAgreed(TlsProvider provider) throws Exception {
        TlsServerContext server = server(provider);
        TlsPolicy client = client(provider).policy(HOST);
        Engines engines = new Engines(client.newEngine(REMOTE), server.newEngine(REMOTE)).handshake();
        TlsSession here = client.describe(engines.client);
        TlsSession there = server.describe(engines.server);
        assertEquals("TLSv1.3 TLS_AES_128_GCM_SHA256 " + HOST, there.toString());
        assertEquals(List.of("TLSv1.3", "TLS_AES_128_GCM_SHA256"), List.of(here.protocol(), here.cipherSuite()));
        assertEquals(Optional.of(HOST), there.serverName());
        assertEquals(1, there.localCertificates().size());
        assertEquals(List.of(), there.peerCertificates());
        assertArrayEquals(
                there.localCertificates().get(0).getEncoded(),
                here.peerCertificates().get(0).getEncoded());
        assertEquals(List.of(), here.localCertificates());
    }

    @Test
    void anUnverifiedCertificateIsNotDescribed() throws Exception {
        TlsPolicy client = TlsClientContext.open(TlsClientConfig.DEFAULTS).policy(HOST);
        SSLEngine server = server(TlsProvider.JSSE).newEngine();
        Engines engines = new Engines(client.newEngine(REMOTE), server).handshake();
        assertEquals(List.of(), client.describe(engines.client).peerCertificates());
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void keyingMaterialIsTheSameAtBothEnds(TlsVersion version) throws Exception {
        TlsServerContext server = server(TlsProvider.JSSE);
        TlsPolicy client = TlsClientContext.open(verified().with(TlsConfig.DEFAULTS.with(Set.of(version))))
                .policy(HOST);
        Engines engines = new Engines(client.newEngine(REMOTE), server.newEngine(REMOTE)).handshake();
        Optional<byte[]> here = client.describe(engines.client).export(LABEL, new byte[0], 32);
        Optional<byte[]> there = server.describe(engines.server).export(LABEL, new byte[0], 32);
        assertEquals(Runtime.version().feature() >= 25, here.isPresent());
        assertArrayEquals(here.orElse(new byte[0]), there.orElse(new byte[0]));
        assertEquals(here.isPresent() ? 32 : 0, here.orElse(new byte[0]).length);
    }

    @Test
    void withBouncyCastleThereIsNoKeyingMaterialAfterwards() throws Exception {
        TlsServerContext server = server(TlsProvider.BOUNCYCASTLE);
        SSLEngine client = client(TlsProvider.BOUNCYCASTLE).newEngine(HOST, 25);
        Engines engines = new Engines(client, server.newEngine()).handshake();
        assertTrue(
                server.describe(engines.server).export(LABEL, new byte[0], 32).isEmpty());
    }

    @Test
    void theHandshakeTimeoutIsTheConfiguredOne() throws Exception {
        assertEquals(Duration.ofSeconds(30), server(TlsProvider.JSSE).handshakeTimeout());
        assertEquals(
                Duration.ofSeconds(30), client(TlsProvider.JSSE).policy(HOST).handshakeTimeout());
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_host.example.test", "localhost", "", "a..b", "-", "x y"})
    void aNameThatIsNoHostNameIsSimplyNotVerified(String odd) throws Exception {
        SSLEngine server = server(TlsProvider.JSSE).newEngine();
        assertFails(client(TlsProvider.JSSE).newEngine(odd, 25), server);
    }

    @Test
    void addressesMayStandInBrackets() throws Exception {
        SSLEngine server = server(TlsProvider.JSSE).newEngine();
        SSLEngine client = client(TlsProvider.JSSE).newEngine("[127.0.0.1]", 25);
        assertEquals("NOOP", new Engines(client, server).handshake().send("NOOP"));
    }

    private static KeySource source(Kind kind) {
        return Objects.requireNonNull(SOURCES.get(kind));
    }

    private static TlsClientConfig verified() {
        return TlsClientConfig.DEFAULTS.verifiedBy(new Trust.Given(List.of(authority.certificate())));
    }

    private static TlsServerContext server(TlsProvider provider) throws Exception {
        return TlsServerContext.open(TlsServerConfig.of(source(Kind.EC)).with(TlsConfig.DEFAULTS.with(provider)));
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
