package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCSException;
import org.mailwright.smtp.ext.tls.PemFile.PemKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes key entries of PEM files, with objects of the provider that will use them: BCJSSE rejects an Ed25519 key that
 * the JDK has made, and SunJSSE one that Bouncy Castle has made.
 */
final class KeyLoader {

    private static final Logger LOG = LoggerFactory.getLogger(KeyLoader.class);
    private static final Duration SOON = Duration.ofDays(14);

    private final TlsProvider provider;
    private final Instant now;

    KeyLoader(TlsProvider provider, Instant now) {
        this.provider = provider;
        this.now = now;
    }

    KeyEntry load(KeySource.Files files) throws TlsMaterialException {
        PemFile certificateFile = PemFile.read(files.certificate());
        PemFile keyFile = files.key().equals(files.certificate()) ? certificateFile : PemFile.read(files.key());
        if (keyFile.keys().size() != 1) {
            throw new TlsMaterialException(
                    files.key(),
                    "expected one private key, found "
                            + foundIn(keyFile, keyFile.keys().isEmpty()));
        }
        PrivateKey key = privateKey(files, keyFile.keys().get(0));
        List<X509Certificate> found = certificates(certificateFile);
        List<X509Certificate> chain = chain(files, key, found);
        warnOfEnd(files.certificate(), chain.get(0));
        return new KeyEntry(files.certificate(), key, chain, ServerIdentity.namesForSelection(chain.get(0)));
    }

    /** All certificates of a file, at least one. */
    List<X509Certificate> certificates(PemFile pem) throws TlsMaterialException {
        if (pem.certificates().isEmpty()) {
            throw new TlsMaterialException(pem.file(), "expected a certificate, found " + foundIn(pem, true));
        }
        JcaX509CertificateConverter converter = switch (provider) {
            case JSSE -> new JcaX509CertificateConverter();
            case BOUNCYCASTLE -> new JcaX509CertificateConverter().setProvider(BouncyCastle.crypto());
        };
        List<X509Certificate> converted = new ArrayList<>();
        for (X509CertificateHolder holder : pem.certificates()) {
            try {
                converted.add(converter.getCertificate(holder));
            } catch (GeneralSecurityException e) {
                throw new TlsMaterialException(
                        pem.file(), "certificate " + (converted.size() + 1) + " cannot be used: " + e.getMessage(), e);
            }
        }
        return converted;
    }

    private static String foundIn(PemFile pem, boolean nothing) {
        String contents = pem.contents();
        return nothing && contents.isEmpty() ? "nothing" : contents;
    }

    private PrivateKey privateKey(KeySource.Files files, PemKey found) throws TlsMaterialException {
        PrivateKeyInfo info = switch (found) {
            case PemKey.Plain plain -> plain.info();
            case PemKey.EncryptedPkcs8 encrypted ->
                decrypt(
                        files,
                        pass -> encrypted
                                .info()
                                .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                                        .setProvider(BouncyCastle.crypto())
                                        .build(pass)));
            case PemKey.EncryptedLegacy encrypted ->
                decrypt(
                        files,
                        pass -> encrypted
                                .pair()
                                .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                        .setProvider(BouncyCastle.crypto())
                                        .build(pass))
                                .getPrivateKeyInfo());
        };
        String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        if (!KeyMatch.isUsable(algorithm)) {
            throw new TlsMaterialException(
                    files.key(), "expected a key for RSA, EC, Ed25519 or Ed448, found one for algorithm " + algorithm);
        }
        try {
            KeyFactory factory = switch (provider) {
                case JSSE -> KeyFactory.getInstance(algorithm);
                case BOUNCYCASTLE -> KeyFactory.getInstance(algorithm, BouncyCastle.crypto());
            };
            byte[] plain = KeyMatch.plainest(info).getEncoded();
            try {
                return factory.generatePrivate(new PKCS8EncodedKeySpec(plain));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsMaterialException(
                    files.key(), "the private key cannot be used with provider " + provider.key());
        }
    }

    private interface Decryption {
        PrivateKeyInfo with(char[] passphrase) throws IOException, PKCSException, OperatorCreationException;
    }

    private static PrivateKeyInfo decrypt(KeySource.Files files, Decryption decryption) throws TlsMaterialException {
        Optional<Supplier<char[]>> supplier = files.passphrase();
        if (supplier.isEmpty()) {
            throw new TlsMaterialException(files.key(), "the private key is encrypted and no passphrase is given");
        }
        char[] passphrase = supplier.get().get();
        try {
            return decryption.with(passphrase);
        } catch (IOException | PKCSException | OperatorCreationException | IllegalArgumentException e) {
            throw new TlsMaterialException(
                    files.key(), "the private key cannot be decrypted: wrong passphrase, or a damaged file");
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private List<X509Certificate> chain(KeySource.Files files, PrivateKey key, List<X509Certificate> found)
            throws TlsMaterialException {
        List<X509Certificate> rest = new ArrayList<>(found);
        X509Certificate current = null;
        for (X509Certificate candidate : found) {
            if (KeyMatch.belong(key, candidate.getPublicKey(), provider)) {
                current = candidate;
                break;
            }
        }
        if (current == null) {
            throw new TlsMaterialException(
                    files.certificate(),
                    "none of its certificates belongs to the private key of " + files.key() + "; the first is for "
                            + ServerIdentity.describe(found.get(0)));
        }
        List<X509Certificate> chain = new ArrayList<>();
        while (current != null) {
            chain.add(current);
            rest.remove(current);
            X509Certificate below = current;
            current = rest.stream()
                    .filter(c -> c.getSubjectX500Principal().equals(below.getIssuerX500Principal()))
                    .findFirst()
                    .orElse(null);
        }
        if (!rest.isEmpty()) {
            LOG.warn(
                    "{}: {} certificates do not belong to the chain and are left out",
                    files.certificate(),
                    rest.size());
        }
        return List.copyOf(chain);
    }

    private void warnOfEnd(Path file, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        Instant start = certificate.getNotBefore().toInstant();
        if (end.isBefore(now)) {
            LOG.warn("{}: the certificate expired on {}", file, end);
        } else if (start.isAfter(now)) {
            LOG.warn("{}: the certificate is not valid before {}", file, start);
        } else if (end.isBefore(now.plus(SOON))) {
            LOG.warn("{}: the certificate expires on {}", file, end);
        }
    }
}
