package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that a server makes for itself; {@link KeySource.SelfSigned} says what is in it. */
final class SelfSignedCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(SelfSignedCertificate.class);

    /** The longest that common clients accept. */
    private static final Duration LIFE = Duration.ofDays(825);

    private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
    private static final int LONGEST_COMMON_NAME = 64;

    private final KeySource.SelfSigned source;
    private final Instant now;
    private final SecureRandom random;

    SelfSignedCertificate(KeySource.SelfSigned source, Instant now, SecureRandom random) {
        this.source = source;
        this.now = now;
        this.random = random;
    }

    /**
     * Makes the file unless there is a good one.
     *
     * @return when it is to be made anew
     * @throws TlsMaterialException if it cannot be written
     */
    Instant ensure() throws TlsMaterialException {
        Path file = source.file();
        if (java.nio.file.Files.exists(file)) {
            try {
                X509Certificate present = new KeyLoader(TlsProvider.JSSE, now)
                        .load(new KeySource.Files(file, file))
                        .certificate();
                Instant renewal = present.getNotAfter().toInstant().minus(RENEW_BEFORE_END);
                if (renewal.isAfter(now) && ServerIdentity.matches(present, name())) {
                    LOG.info("{}: self-signed certificate in use, to be renewed on {}", file, renewal);
                    return renewal;
                }
                LOG.info(
                        "{}: making a new self-signed certificate, the old one ends soon or is for another name", file);
            } catch (TlsMaterialException e) {
                LOG.warn("making a new self-signed certificate, the old one cannot be used: {}", e.getMessage());
            }
        }
        make();
        return now.plus(LIFE).minus(RENEW_BEFORE_END);
    }

    private void make() throws TlsMaterialException {
        Path file = source.file();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(
                        new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded()));
                writer.writeObject(certificate(pair));
            }
            PrivateFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new TlsMaterialException(
                    file, "cannot be written (" + e.getClass().getSimpleName() + ")", e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new TlsMaterialException(file, "this JDK cannot make an EC P-256 certificate", e);
        }
        LOG.warn(
                "{}: made a self-signed certificate for {}; mail is encrypted, but no client can verify this server",
                file,
                name());
    }

    private X509CertificateHolder certificate(KeyPair pair)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        String common = name().length() <= LONGEST_COMMON_NAME ? name() : "localhost";
        X500Name subject =
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
        BigInteger serial = new BigInteger(127, random).add(BigInteger.ONE);
        return new JcaX509v3CertificateBuilder(
                        subject,
                        serial,
                        Date.from(now.minus(CLOCKS_DIFFER)),
                        Date.from(now.plus(LIFE)),
                        subject,
                        pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, names())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }))
                .build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setSecureRandom(random)
                        .build(pair.getPrivate()));
    }

    private GeneralNames names() {
        Set<GeneralName> names = new LinkedHashSet<>();
        names.add(new GeneralName(
                ServerIdentity.isAddress(name()) ? GeneralName.iPAddress : GeneralName.dNSName, name()));
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private String name() {
        return ServerIdentity.canonical(source.hostname());
    }
}
