package org.mailwright.smtp.relay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.ext.auth.AuthConfig;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.UserSources;
import org.mailwright.smtp.ext.tls.KeySource;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.ext.tls.TlsClientConfig;
import org.mailwright.smtp.ext.tls.TlsClientContext;
import org.mailwright.smtp.ext.tls.TlsConfig;
import org.mailwright.smtp.ext.tls.TlsMode;
import org.mailwright.smtp.ext.tls.TlsServerConfig;
import org.mailwright.smtp.ext.tls.TlsServerContext;
import org.mailwright.smtp.ext.tls.Trust;
import org.mailwright.smtp.server.SmtpListener;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.testkit.RecordingSink;
import org.mailwright.smtp.transport.mina.LoopConfig;

/** Servers with certificates for one name, and a client that trusts them. */
final class RealTls {

    /** The name on the certificate. */
    static final String NAME = "mx.d.test";

    private final KeySource.SelfSigned keys;
    private final TlsConfig protocol;

    RealTls(Path folder) {
        this(new KeySource.SelfSigned(folder, NAME), TlsConfig.DEFAULTS);
    }

    private RealTls(KeySource.SelfSigned keys, TlsConfig protocol) {
        this.keys = keys;
        this.protocol = protocol;
    }

    /** Returns the same with other protocols of the client. */
    RealTls clientWith(TlsConfig other) {
        return new RealTls(keys, other);
    }

    TlsServerContext server(UnaryOperator<TlsServerConfig> change) throws IOException {
        return TlsServerContext.open(change.apply(TlsServerConfig.of(keys)));
    }

    /** Returns the same certificate for a peer that is played; it must have been made. */
    SSLContext peer() throws IOException, GeneralSecurityException {
        String pem = Files.readString(keys.file());
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(part(pem, "CERTIFICATE")));
        PrivateKey key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(part(pem, "PRIVATE KEY")));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("peer", key, new char[0], new Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static byte[] part(String pem, String what) {
        String begin = "-----BEGIN " + what + "-----";
        int from = pem.indexOf(begin) + begin.length();
        return Base64.getMimeDecoder().decode(pem.substring(from, pem.indexOf("-----END " + what + "-----")));
    }

    TlsClientContext client(TlsLevel level) throws IOException {
        TlsMode mode = switch (level) {
            case NONE -> TlsMode.NONE;
            case OPPORTUNISTIC -> TlsMode.OPPORTUNISTIC;
            case REQUIRED -> TlsMode.REQUIRED;
            case VERIFIED -> TlsMode.VERIFIED;
        };
        TlsClientConfig config = TlsClientConfig.DEFAULTS.verifiedBy(new Trust.Pem(keys.file()));
        return TlsClientContext.open(config.with(protocol).with(mode));
    }

    /** Returns a client that knows STARTTLS and AUTH; the certificate must have been made. */
    RelayClient relay() throws IOException {
        return relay(MailDemands.NONE);
    }

    /** Returns one that knows more, and mail that demands something. */
    RelayClient relay(MailDemands demands, Extension... more) throws IOException {
        Map<TlsLevel, Attributes> levels = new EnumMap<>(TlsLevel.class);
        for (TlsLevel level : TlsLevel.values()) {
            levels.put(level, Attributes.EMPTY.with(StartTlsExtension.DESTINATION, client(level)));
        }
        List<Extension> extensions = new ArrayList<>(List.of(
                StartTlsExtension.client(client(TlsLevel.OPPORTUNISTIC)),
                new AuthExtension(AuthConfig.DEFAULT, UserSources.NONE)));
        extensions.addAll(List.of(more));
        return new RelayClient(
                SmtpClientConfig.DEFAULTS.withDialogue(
                        SmtpClientConfig.DEFAULTS.dialogue().withHostname("us.test")),
                extensions,
                new MinaNetwork(LoopConfig.DEFAULTS),
                level -> levels.getOrDefault(level, Attributes.EMPTY),
                demands,
                RelayConfig.DEFAULTS,
                InstantSource.system());
    }

    static SmtpServer start(RecordingSink sink, Extension... extensions) throws IOException {
        return start(SmtpListener.of("in", Role.MX, NAME, "127.0.0.1:0"), sink, extensions);
    }

    static SmtpServer start(SmtpListener listener, RecordingSink sink, Extension... extensions) throws IOException {
        var builder = SmtpServer.builder(NAME).listen(listener).local("d.test");
        for (Extension extension : extensions) {
            builder.with(extension);
        }
        return builder.start(sink);
    }

    static OutgoingMail mail() {
        return OutgoingMail.of(
                ReversePath.parse("<a@s.test>"),
                List.of(ForwardPath.parse("<b@d.test>")),
                Body.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)));
    }
}
