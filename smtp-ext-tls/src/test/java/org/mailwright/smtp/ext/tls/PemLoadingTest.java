package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.ext.tls.TestKeys.Issued;
import org.mailwright.smtp.ext.tls.TestKeys.Kind;

class PemLoadingTest {

    private static final String PASSPHRASE = "correct horse";
    private static final ASN1ObjectIdentifier AES_256 = NISTObjectIdentifiers.id_aes256_CBC;

    @TempDir
    Path folder;

    private final TestKeys keys = new TestKeys();
    private Issued authority;

    @BeforeEach
    void makeAuthority() throws Exception {
        authority = keys.authority("Test CA");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyFormOfAKeyIsRead(Kind kind) throws Exception {
        Issued mine = keys.issue(authority, kind, "mx.test");
        PemObject key = traditional(mine);
        List<String> forms = Stream.concat(
                        Stream.of(mine.keyPem(), encryptedPkcs8(mine, AES_256), TestKeys.pem(key)),
                        kind == Kind.ED25519
                                ? Stream.empty()
                                : Stream.of(legacy(key, "AES-256-CBC"), legacy(key, "DES-EDE3-CBC")))
                .toList();
        for (String form : forms) {
            KeySource.Files files = files(mine.certificatePem(), form, true);
            for (TlsProvider provider : TlsProvider.values()) {
                KeyEntry entry = load(provider, files);
                assertEquals(List.of("mx.test"), List.copyOf(entry.names()));
                assertEquals(1, entry.chain().size());
            }
        }
    }

    @Test
    void theOldNameOfAnEllipticKeyComesWithParameters() throws Exception {
        Issued mine = keys.issue(authority, Kind.EC, "mx.test");
        PemObject parameters = new PemObject("EC PARAMETERS", X9ObjectIdentifiers.prime256v1.getEncoded());
        String key = TestKeys.pem(traditional(mine));
        load(TlsProvider.JSSE, files(mine.certificatePem(), TestKeys.pem(parameters) + key, false));
    }

    @Test
    void oneFileMayHoldEverythingInAnyOrder() throws Exception {
        Issued between = keys.intermediate(authority, "Between");
        Issued mine = keys.issue(between, Kind.EC, "mx.test");
        Path file = folder.resolve("all.pem");
        Files.writeString(
                file,
                "Bag Attributes\n  friendlyName: mx\nsubject=CN = mx\n" + authority.certificatePem()
                        + between.certificatePem() + "\n"
                        + TestKeys.pem(new PemObject("DH PARAMETERS", new byte[] {0x30, 0}))
                        + mine.keyPem() + "some text\n" + mine.certificatePem().replace("\n", "\r\n"));
        KeyEntry entry = load(TlsProvider.JSSE, new KeySource.Files(file, file));
        assertEquals(List.of(mine.certificate(), between.certificate(), authority.certificate()), entry.chain());
    }

    @Test
    void aStrangersCertificateIsNoPartOfTheChain() throws Exception {
        Issued mine = keys.issue(authority, Kind.RSA, "mx.test");
        Issued other = keys.selfSigned(Kind.RSA, "CN=other", "other.test");
        KeySource.Files files = files(other.certificatePem() + mine.certificatePem(), mine.keyPem(), false);
        assertEquals(List.of(mine.certificate()), load(TlsProvider.JSSE, files).chain());
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aKeyOfAnotherCertificateIsNamedWithBothFiles(TlsProvider provider) throws Exception {
        List<Issued> mines = new ArrayList<>();
        List<Issued> others = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            mines.add(keys.issue(authority, kind, "mx.test"));
            others.add(keys.issue(authority, kind, "other.test"));
        }
        for (Issued mine : mines) {
            for (Issued other : others) {
                String message = failure(provider, files(mine.certificatePem(), other.keyPem(), false));
                assertTrue(message.contains("mx.crt: none of its certificates belongs to the private key of"), message);
                assertTrue(message.endsWith("mx.key; the first is for mx.test"), message);
            }
        }
    }

    @Test
    void whatIsMissingOrWrongIsSaid() throws Exception {
        Issued mine = keys.issue(authority, Kind.EC, "mx.test");
        String certificate = mine.certificatePem();
        assertProblem(certificate, certificate, "mx.key: expected one private key, found a certificate");
        assertProblem(mine.keyPem(), mine.keyPem(), "mx.crt: expected a certificate, found a private key");
        assertProblem(
                certificate, mine.keyPem() + mine.keyPem(), "mx.key: expected one private key, found 2 private keys");
        assertProblem(certificate, "", "mx.key: expected PEM, found an empty file");
        assertProblem(certificate, "0\u0082\u0001", "mx.key: expected PEM, found binary data (DER or PKCS#12?)");
        assertProblem(certificate, "my key", "mx.key: expected PEM, found other data");
        assertProblem(certificate, mine.keyPem().substring(0, 60), "mx.key: a block begins in line 1 and never ends");
        assertProblem(
                certificate,
                "text\n-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n",
                "mx.key: the PRIVATE KEY in line 2 is damaged");
        assertProblem(
                certificate,
                TestKeys.pem(new PemObject("OPENSSH PRIVATE KEY", new byte[] {1})),
                "mx.key: expected a key in PKCS#8 or OpenSSL's form, found one of OpenSSH");
        ECPrivateKey curveless = new ECPrivateKey(256, BigInteger.TEN);
        assertProblem(
                certificate,
                TestKeys.pem(new PemObject("EC PRIVATE KEY", curveless.getEncoded())),
                "mx.key: the private key cannot be used with provider jsse");
        KeyPairGenerator exchange = KeyPairGenerator.getInstance("X25519");
        assertProblem(
                certificate,
                TestKeys.pem(new PemObject(
                        "PRIVATE KEY", exchange.generateKeyPair().getPrivate().getEncoded())),
                "mx.key: expected a key for RSA, EC, Ed25519 or Ed448, found one for algorithm 1.3.101.110");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws Exception {
        Path missing = folder.resolve("missing.pem");
        assertEquals(
                missing + ": there is no such file", failure(TlsProvider.JSSE, new KeySource.Files(missing, missing)));
        assertEquals(
                folder + ": expected a PEM file, found a folder",
                failure(TlsProvider.JSSE, new KeySource.Files(folder, folder)));
        Path large = folder.resolve("large.pem");
        Files.write(large, new byte[(1 << 20) + 1]);
        assertEquals(
                large + ": expected a PEM file of at most 1 MiB, found a larger one",
                failure(TlsProvider.JSSE, new KeySource.Files(large, large)));
    }

    @Test
    void aWrongOrMissingPassphraseIsSaidAndNeverShown() throws Exception {
        Issued mine = keys.issue(authority, Kind.EC, "mx.test");
        for (String form : List.of(encryptedPkcs8(mine, AES_256), legacy(traditional(mine), "AES-256-CBC"))) {
            KeySource.Files without = files(mine.certificatePem(), form, false);
            assertTrue(failure(TlsProvider.JSSE, without)
                    .endsWith("mx.key: the private key is encrypted and no passphrase is given"));
            KeySource.Files wrong = new KeySource.Files(
                    without.certificate(), without.key(), Optional.of(() -> "battery staple".toCharArray()));
            String message = failure(TlsProvider.JSSE, wrong);
            assertTrue(message.endsWith("cannot be decrypted: wrong passphrase, or a damaged file"), message);
            assertFalse((wrong + message).contains("staple"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ED25519", "RSA -pkeyopt rsa_keygen_bits:2048", "EC -pkeyopt ec_paramgen_curve:P-384"})
    void filesOfOpensslAreRead(String algorithm) throws Exception {
        Path key = folder.resolve("mx.key");
        Path certificate = folder.resolve("mx.crt");
        boolean present = openssl("genpkey -algorithm " + algorithm + " -aes256 -pass pass:secret -out " + key);
        assumeTrue(present, "there is no openssl");
        assertTrue(openssl("req -x509 -new -key " + key + " -passin pass:secret -subj /CN=x -days 5 -out " + certificate
                + " -addext subjectAltName=DNS:mx.test"));
        KeySource.Files files = new KeySource.Files(certificate, key, Optional.of("secret"::toCharArray));
        for (TlsProvider provider : TlsProvider.values()) {
            assertTrue(load(provider, files).isNamed("mx.test"));
        }
    }

    private boolean openssl(String arguments) throws Exception {
        try {
            Process process = new ProcessBuilder(
                            Stream.concat(Stream.of("openssl"), Stream.of(arguments.split(" ", -1)))
                                    .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.log").toFile())
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private KeySource.Files files(String certificate, String key, boolean passphrase) throws Exception {
        Path certificateFile = folder.resolve("mx.crt");
        Path keyFile = folder.resolve("mx.key");
        Files.writeString(certificateFile, certificate, StandardCharsets.ISO_8859_1);
        Files.writeString(keyFile, key, StandardCharsets.ISO_8859_1);
        return new KeySource.Files(
                certificateFile, keyFile, passphrase ? Optional.of(PASSPHRASE::toCharArray) : Optional.empty());
    }

    private void assertProblem(String certificate, String key, String expected) throws Exception {
        String message = failure(TlsProvider.JSSE, files(certificate, key, false));
        assertEquals(folder + "/" + expected, message);
    }

    private static String failure(TlsProvider provider, KeySource.Files files) {
        TlsMaterialException e = assertThrows(TlsMaterialException.class, () -> load(provider, files));
        assertTrue(String.valueOf(e.getMessage()).startsWith(e.file().toString()));
        return String.valueOf(e.getMessage());
    }

    private static KeyEntry load(TlsProvider provider, KeySource.Files files) throws TlsMaterialException {
        return new KeyLoader(provider, Instant.now()).load(files);
    }

    private static String encryptedPkcs8(Issued mine, ASN1ObjectIdentifier cipher) throws Exception {
        return TestKeys.pem(new JcaPKCS8Generator(
                        mine.pair().getPrivate(),
                        new JceOpenSSLPKCS8EncryptorBuilder(cipher)
                                .setProvider(BouncyCastle.crypto())
                                .setPRF(PKCS8Generator.PRF_HMACSHA256)
                                .setRandom(new SecureRandom())
                                .setPassword(PASSPHRASE.toCharArray())
                                .build())
                .generate());
    }

    /** The inner key alone, as OpenSSL writes it with {@code -traditional}; Ed25519 has no such form. */
    private static PemObject traditional(Issued mine) throws Exception {
        PrivateKeyInfo info =
                PrivateKeyInfo.getInstance(mine.pair().getPrivate().getEncoded());
        return switch (mine.kind()) {
            case RSA ->
                new PemObject(
                        "RSA PRIVATE KEY",
                        info.parsePrivateKey().toASN1Primitive().getEncoded());
            case EC -> {
                BigInteger number =
                        ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
                yield new PemObject(
                        "EC PRIVATE KEY", new ECPrivateKey(256, number, X9ObjectIdentifiers.prime256v1).getEncoded());
            }
            case ED25519 -> new PemObject("PRIVATE KEY", info.getEncoded());
        };
    }

    /** With {@code Proc-Type: 4,ENCRYPTED}. */
    private static String legacy(PemObject key, String cipher) throws Exception {
        PEMEncryptor encryptor = new JcePEMEncryptorBuilder(cipher)
                .setProvider(BouncyCastle.crypto())
                .build(PASSPHRASE.toCharArray());
        String iv = HexFormat.of().withUpperCase().formatHex(encryptor.getIV());
        return TestKeys.pem(new PemObject(
                key.getType(),
                List.of(new PemHeader("Proc-Type", "4,ENCRYPTED"), new PemHeader("DEK-Info", cipher + "," + iv)),
                encryptor.encrypt(key.getContent())));
    }
}
