package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Keys and certificates for tests: a certificate authority, and what it issues. */
final class TestKeys {

    /** Kinds of key that TLS knows. */
    enum Kind {
        RSA("SHA256withRSA"),
        EC("SHA256withECDSA"),
        ED25519("Ed25519");

        private final String signature;

        Kind(String signature) {
            this.signature = signature;
        }

        KeyPair generate() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(this == ED25519 ? "Ed25519" : name());
            switch (this) {
                case RSA -> generator.initialize(2048);
                case EC -> generator.initialize(256);
                case ED25519 -> {}
            }
            return generator.generateKeyPair();
        }
    }

    /** A key with its certificate; an issuer for others, or an end entity. */
    record Issued(Kind kind, KeyPair pair, X509Certificate certificate) {

        String keyPem() {
            return pem(new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }

        String certificatePem() {
            return pem(certificate);
        }

        KeySource.Files write(Path folder, String name, Issued... chain) throws IOException {
            Path certificateFile = folder.resolve(name + ".crt");
            Path keyFile = folder.resolve(name + ".key");
            StringBuilder all = new StringBuilder(certificatePem());
            Arrays.stream(chain).map(Issued::certificatePem).forEach(all::append);
            Files.writeString(certificateFile, all);
            Files.writeString(keyFile, keyPem());
            return new KeySource.Files(certificateFile, keyFile);
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final Instant now;

    TestKeys(Instant now) {
        this.now = now;
    }

    TestKeys() {
        this(Instant.now());
    }

    Issued authority(String name) throws Exception {
        KeyPair pair = Kind.EC.generate();
        return new Issued(Kind.EC, pair, sign(pair, Kind.EC, pair, "CN=" + name, "CN=" + name, true));
    }

    Issued intermediate(Issued parent, String name) throws Exception {
        KeyPair pair = Kind.EC.generate();
        String issuer = parent.certificate().getSubjectX500Principal().getName();
        return new Issued(Kind.EC, pair, sign(parent.pair(), parent.kind(), pair, issuer, "CN=" + name, true));
    }

    Issued issue(Issued authority, Kind kind, String... names) throws Exception {
        KeyPair pair = kind.generate();
        String issuer = authority.certificate().getSubjectX500Principal().getName();
        return new Issued(
                kind, pair, sign(authority.pair(), authority.kind(), pair, issuer, "CN=not a name", false, names));
    }

    /** A certificate that its own key has signed. */
    Issued selfSigned(Kind kind, String subject, String... names) throws Exception {
        KeyPair pair = kind.generate();
        return new Issued(kind, pair, sign(pair, kind, pair, subject, subject, false, names));
    }

    private X509Certificate sign(
            KeyPair issuer, Kind kind, KeyPair pair, String by, String subject, boolean authority, String... names)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(by),
                new BigInteger(64, random),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(60))),
                new X500Name(subject),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (names.length > 0) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(Arrays.stream(names)
                            .map(name -> new GeneralName(
                                    ServerIdentity.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                            .toArray(GeneralName[]::new)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(kind.signature).build(issuer.getPrivate())));
    }

    /** Anything that a PEM writer knows. */
    static String pem(Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String fileName(Object kind) {
        return kind.toString().toLowerCase(Locale.ROOT);
    }
}
