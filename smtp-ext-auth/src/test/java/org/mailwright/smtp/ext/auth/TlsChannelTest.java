package org.mailwright.smtp.ext.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.ext.auth.sasl.ChannelBinding;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;

class TlsChannelTest {

    private static final List<Certificate> CHAIN = List.of(Certificates.named("rsa-sha256"));

    /** RFC 9266 section 2: label EXPORTER-Channel-Binding, no context, 32 octets. */
    @Test
    void exportsTheBindingOfTls13() {
        SecureChannel channel = TlsChannel.ofServer(Optional.of(FakeTls.TLS_13));
        assertTrue(channel.encrypted());
        assertEquals(Optional.of(ChannelBinding.TLS_EXPORTER), channel.preferredBinding());
        assertEquals("EXPORTER-Channel-Binding/32/shared", binding(channel, ChannelBinding.TLS_EXPORTER));
    }

    /** The values are those of openssl dgst over the DER form. */
    @ParameterizedTest
    @CsvSource({
        "rsa-sha256, 3e844007d86c97e219768191ad444ee15f397afd2a1650282b7df7fac0f9587f",
        "rsa-sha1, f7ac0ab67d4950b52bd2f8dc485943b7e28b1982a93fe370f7d4413d212f2f2f",
        "ec-sha384, 456a332f4e12af756eba09c4d89a2a718e82dae28f1166baaffa891a7a02913f"
                + "f6903dfb2920a0734c4bd9342307fc6d",
        "rsa-pss-sha512, f8fa66ed0c79d52b8e1d8a9273a2da4eb0441958ad07a60fda199b69a292301b"
                + "13302c7bdb0f343375eae538512ff175925224d82fa469869eeb9b1d52fc9b06",
    })
    void hashesTheCertificateWithTheHashOfItsSignature(String name, String expected) {
        FakeTls tls = new FakeTls("TLSv1.2", "", List.of(), List.of(Certificates.named(name)));
        SecureChannel channel = TlsChannel.ofServer(Optional.of(tls));
        assertEquals(Optional.of(ChannelBinding.TLS_SERVER_END_POINT), channel.preferredBinding());
        byte[] data = channel.binding(ChannelBinding.TLS_SERVER_END_POINT).orElseThrow();
        assertEquals(expected, HexFormat.of().formatHex(data));
    }

    @Test
    void hasNoBindingWhereNoneIsDefined() {
        FakeTls ed25519 = new FakeTls("TLSv1.2", "", List.of(), List.of(Certificates.named("ed25519")));
        assertEquals(Optional.empty(), TlsChannel.ofServer(Optional.of(ed25519)).preferredBinding());
        FakeTls noCertificate = new FakeTls("TLSv1.2", "", List.of(), List.of());
        assertEquals(
                Optional.empty(),
                TlsChannel.ofServer(Optional.of(noCertificate)).preferredBinding());
        FakeTls noExporter = new FakeTls("TLSv1.3", "", List.of(), CHAIN);
        assertEquals(
                Optional.empty(), TlsChannel.ofServer(Optional.of(noExporter)).preferredBinding());
        assertFalse(TlsChannel.ofServer(Optional.empty()).encrypted());
    }

    @Test
    void usesNoExporterBeforeTls13() {
        FakeTls tls = new FakeTls("TLSv1.2", "secret", List.of(), CHAIN);
        assertTrue(TlsChannel.ofServer(Optional.of(tls))
                .binding(ChannelBinding.TLS_EXPORTER)
                .isEmpty());
    }

    @Test
    void bindsBothEndsToTheCertificateOfTheServer() {
        FakeTls server = new FakeTls("TLSv1.2", "", List.of(), CHAIN);
        FakeTls client = new FakeTls("TLSv1.2", "", CHAIN, List.of());
        assertEquals(
                binding(TlsChannel.ofServer(Optional.of(server)), ChannelBinding.TLS_SERVER_END_POINT),
                binding(TlsChannel.ofClient(Optional.of(client)), ChannelBinding.TLS_SERVER_END_POINT));
        assertEquals(CHAIN, TlsChannel.ofClient(Optional.of(client)).peerChain());
    }

    private static String binding(SecureChannel channel, ChannelBinding type) {
        return new String(channel.binding(type).orElseThrow(), UTF_8);
    }
}
