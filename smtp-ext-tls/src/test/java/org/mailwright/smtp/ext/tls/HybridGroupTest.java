package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HybridGroupTest {

    /** The extension key_share of a ServerHello: 1124 octets, group 0x11ec, a key of 1120 octets. */
    private static final String HYBRID_SHARE = "0033" + "0464" + "11ec" + "0460";

    /** 36 octets, group x25519. */
    private static final String X25519_SHARE = "0033" + "0024" + "001d" + "0020";

    @TempDir
    Path folder;

    @Test
    void bouncyCastleAgreesOnTheHybridGroupInOneRoundTrip() throws Exception {
        Engines engines = handshake(TlsProvider.BOUNCYCASTLE, TlsProvider.BOUNCYCASTLE);
        assertEquals("TLSv1.3", engines.client.getSession().getProtocol());
        assertTrue(sent(engines).contains(HYBRID_SHARE));
        assertEquals("NOOP", engines.send("NOOP"));
    }

    @Test
    void aServerThatLacksItAgreesOnX25519() throws Exception {
        Engines engines = handshake(TlsProvider.BOUNCYCASTLE, TlsProvider.JSSE);
        // JDK 27 has the group
        boolean lacking = Runtime.version().feature() < 27;
        assertTrue(sent(engines).contains(lacking ? X25519_SHARE : HYBRID_SHARE));
    }

    private Engines handshake(TlsProvider clientSide, TlsProvider serverSide) throws Exception {
        KeySource.SelfSigned own = new KeySource.SelfSigned(folder.resolve("tls"), "mx.test");
        TlsServerContext server =
                TlsServerContext.open(TlsServerConfig.of(own).with(TlsConfig.DEFAULTS.with(serverSide)));
        TlsClientContext client =
                TlsClientContext.open(TlsClientConfig.DEFAULTS.with(TlsConfig.DEFAULTS.with(clientSide)));
        return new Engines(client.newEngine("mx.test", 25), server.newEngine()).handshake();
    }

    private static String sent(Engines engines) {
        return HexFormat.of().formatHex(engines.wireFromServer());
    }
}
