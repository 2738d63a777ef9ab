package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.TlsSession;

/** Contexts for tests: one self-signed certificate, which both sides have and trust. */
final class TestTls {
    /** Held, for a logger that nobody holds forgets its level. */
    private static final Logger CHATTY = Logger.getLogger("org.bouncycastle");

    static {
        CHATTY.setLevel(Level.OFF);
    }

    private static final char[] PASSWORD = "test".toCharArray();
    private final SSLContext context;

    private TestTls(SSLContext context) {
        this.context = context;
    }

    /** Makes one with the JDK's provider ("jsse") or Bouncy Castle's ("bc"). */
    static TestTls with(String provider) {
        try {
            return new TestTls(
                    provider.equals("bc")
                            ? context(SSLContext.getInstance("TLS", bouncyCastle()), "PKIX", bouncyCastle())
                            : context(SSLContext.getInstance("TLS"), "PKIX", null));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static Provider bouncyCastle() {
        return new BouncyCastleJsseProvider(false, new JcaTlsCryptoProvider());
    }

    private static SSLContext context(SSLContext context, String algorithm, @Nullable Provider from)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        X509Certificate certificate = certificate(pair);
        store.setKeyEntry("own", pair.getPrivate(), PASSWORD, new Certificate[] {certificate});
        store.setCertificateEntry("trusted", certificate);
        KeyManagerFactory keys = from == null
                ? KeyManagerFactory.getInstance(algorithm)
                : KeyManagerFactory.getInstance(algorithm, from);
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = from == null
                ? TrustManagerFactory.getInstance(algorithm)
                : TrustManagerFactory.getInstance(algorithm, from);
        trust.init(store);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static X509Certificate certificate(KeyPair pair)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        X500Principal name = new X500Principal("CN=localhost");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                name,
                pair.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    SSLEngine clientEngine(String protocol) {
        SSLEngine engine = context.createSSLEngine("127.0.0.1", 25);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    TlsPolicy client(String protocol) {
        return policy(Duration.ofSeconds(30), () -> clientEngine(protocol));
    }

    TlsPolicy server(boolean clientCertificate, Duration timeout) {
        return policy(timeout, () -> {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
            engine.setNeedClientAuth(clientCertificate);
            return engine;
        });
    }

    TlsPolicy server(boolean clientCertificate) {
        return server(clientCertificate, Duration.ofSeconds(30));
    }

    private interface Engines {
        SSLEngine make();
    }

    private static TlsPolicy policy(Duration timeout, Engines engines) {
        return new TlsPolicy() {
            @Override
            public SSLEngine newEngine(SocketAddress remote) {
                if (!(remote instanceof InetSocketAddress)) {
                    throw new AssertionError("no address");
                }
                return engines.make();
            }

            @Override
            public Duration handshakeTimeout() {
                return timeout;
            }

            @Override
            public TlsSession describe(SSLEngine engine) {
                return new Agreed(
                        engine.getSession().getProtocol(), engine.getSession().getCipherSuite());
            }
        };
    }

    private record Agreed(String protocol, String cipherSuite) implements TlsSession {
        @Override
        public Optional<String> serverName() {
            return Optional.empty();
        }

        @Override
        public List<Certificate> peerCertificates() {
            return List.of();
        }

        @Override
        public List<Certificate> localCertificates() {
            return List.of();
        }

        @Override
        public Optional<byte[]> export(String label, byte[] context, int length) {
            return Optional.empty();
        }
    }
}
