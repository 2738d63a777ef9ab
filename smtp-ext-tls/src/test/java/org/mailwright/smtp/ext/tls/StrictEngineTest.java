package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StrictEngineTest {

    @TempDir
    Path folder;

    @Test
    void aRenegotiationEndsTheConnection() throws Exception {
        Engines engines = engines(TlsProvider.JSSE, TlsVersion.TLS_1_2);
        assertEquals("NOOP", engines.send("NOOP"));
        inner(engines.client).beginHandshake();
        SSLException e = assertThrows(SSLException.class, engines::exchange);
        assertEquals("the peer asked for a renegotiation", e.getMessage());
    }

    @Test
    void aRenegotiationThatTheServerAsksForEndsTheConnectionToo() throws Exception {
        Engines engines = engines(TlsProvider.JSSE, TlsVersion.TLS_1_2);
        inner(engines.server).beginHandshake();
        SSLException e = assertThrows(SSLException.class, engines::exchange);
        assertEquals("the peer asked for a renegotiation", e.getMessage());
    }

    @Test
    void bouncyCastleRefusesRenegotiationByItself() throws Exception {
        TlsServerContext server = server(TlsProvider.BOUNCYCASTLE);
        Engines engines = new Engines(client(TlsProvider.JSSE, TlsVersion.TLS_1_2), server.newEngine()).handshake();
        inner(engines.client).beginHandshake();
        assertThrows(SSLException.class, engines::exchange);
    }

    @Test
    void aFewKeyUpdatesAreFineAndManyAreNot() throws Exception {
        Engines engines = engines(TlsProvider.JSSE, TlsVersion.TLS_1_3);
        for (int i = 0; i < 3; i++) {
            updateKeys(engines);
            assertEquals("NOOP " + i, engines.send("NOOP " + i));
        }
        SSLException e = assertThrows(SSLException.class, () -> {
            for (int i = 0; i <= StrictEngine.MOST_EMPTY_RECORDS; i++) {
                updateKeys(engines);
            }
        });
        assertTrue(String.valueOf(e.getMessage()).contains("records in a row without content"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "JSSE, TLS_1_2",
        "JSSE, TLS_1_3",
        "BOUNCYCASTLE, TLS_1_2",
        "BOUNCYCASTLE, TLS_1_3",
    })
    void closingInOrderIsNoRenegotiation(TlsProvider provider, TlsVersion version) throws Exception {
        Engines engines = engines(provider, version);
        engines.client.closeOutbound();
        engines.exchange();
        assertTrue(engines.server.isInboundDone());
        engines.server.closeOutbound();
        engines.exchange();
        assertTrue(engines.client.isInboundDone());
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void clearTextIsAnError(TlsProvider provider) throws Exception {
        SSLEngine server = server(provider).newEngine();
        Engines engines = new Engines(client(provider, TlsVersion.TLS_1_3), server);
        server.beginHandshake();
        assertThrows(SSLException.class, () -> engines.intoServer("EHLO client.test\r\n"));
    }

    private Engines engines(TlsProvider provider, TlsVersion version) throws Exception {
        return new Engines(client(provider, version), server(provider).newEngine()).handshake();
    }

    private TlsServerContext server(TlsProvider provider) throws Exception {
        KeySource.SelfSigned own = new KeySource.SelfSigned(folder.resolve("tls"), "mx.test");
        return TlsServerContext.open(TlsServerConfig.of(own).with(TlsConfig.DEFAULTS.with(provider)));
    }

    private static SSLEngine client(TlsProvider provider, TlsVersion version) throws Exception {
        TlsConfig protocol = TlsConfig.DEFAULTS.with(provider).with(Set.of(version));
        return TlsClientContext.open(TlsClientConfig.DEFAULTS.with(protocol)).newEngine("mx.test", 25);
    }

    /** The JDK sends a key update when a finished handshake of TLS 1.3 is begun again. */
    private static void updateKeys(Engines engines) throws SSLException {
        inner(engines.client).beginHandshake();
        engines.exchange();
    }

    private static SSLEngine inner(SSLEngine engine) {
        return ((StrictEngine) engine).inner();
    }
}
