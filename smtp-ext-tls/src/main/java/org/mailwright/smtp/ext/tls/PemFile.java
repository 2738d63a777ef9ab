package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.mailwright.smtp.core.text.Ascii;

/**
 * The certificates and private keys of one PEM file (RFC 7468 and what OpenSSL wrote before it), keys possibly still
 * encrypted. Text between the blocks and blocks of other kinds are passed over.
 */
record PemFile(Path file, List<X509CertificateHolder> certificates, List<PemKey> keys, List<String> others) {

    private static final int MOST_OCTETS = 1 << 20;
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /** A private key as it was found. */
    sealed interface PemKey {
        /** A key in clear. */
        record Plain(PrivateKeyInfo info) implements PemKey {}

        /** PKCS#8, encrypted. */
        record EncryptedPkcs8(PKCS8EncryptedPrivateKeyInfo info) implements PemKey {}

        /** OpenSSL's older form, with {@code Proc-Type: 4,ENCRYPTED}. */
        record EncryptedLegacy(PEMEncryptedKeyPair pair) implements PemKey {}
    }

    static PemFile read(Path file) throws TlsMaterialException {
        String text = text(file);
        PemFile found = new PemFile(file, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int at = text.indexOf(BEGIN);
        if (at < 0) {
            throw new TlsMaterialException(file, "expected PEM, found " + describe(text));
        }
        while (at >= 0) {
            int typeEnd = text.indexOf(DASHES, at + BEGIN.length());
            String type = typeEnd < 0 ? "" : text.substring(at + BEGIN.length(), typeEnd);
            String last = "-----END " + type + DASHES;
            int end = typeEnd < 0 ? -1 : text.indexOf(last, typeEnd);
            if (end < 0 || type.length() > 64 || !Ascii.isPrintable(type)) {
                throw new TlsMaterialException(file, "a block begins in line " + line(text, at) + " and never ends");
            }
            found.add(type, text.substring(at, end + last.length()) + "\n", line(text, at));
            at = text.indexOf(BEGIN, end + last.length());
        }
        return found;
    }

    /** What is in the file, for messages. */
    String contents() {
        List<String> parts = new ArrayList<>();
        if (!certificates.isEmpty()) {
            parts.add(certificates.size() == 1 ? "a certificate" : certificates.size() + " certificates");
        }
        if (!keys.isEmpty()) {
            parts.add(keys.size() == 1 ? "a private key" : keys.size() + " private keys");
        }
        parts.addAll(others);
        return String.join(", ", parts);
    }

    private void add(String type, String block, int line) throws TlsMaterialException {
        if ((!type.endsWith("CERTIFICATE") && !type.endsWith("PRIVATE KEY")) || type.startsWith("ATTRIBUTE")) {
            others.add(type);
            return;
        }
        if (type.equals("OPENSSH PRIVATE KEY")) {
            throw new TlsMaterialException(file, "expected a key in PKCS#8 or OpenSSL's form, found one of OpenSSH");
        }
        try (PEMParser parser = new PEMParser(new StringReader(block))) {
            switch (parser.readObject()) {
                case X509CertificateHolder holder -> certificates.add(holder);
                case X509TrustedCertificateBlock trusted -> certificates.add(trusted.getCertificateHolder());
                case PEMKeyPair pair -> keys.add(new PemKey.Plain(pair.getPrivateKeyInfo()));
                case PrivateKeyInfo info -> keys.add(new PemKey.Plain(info));
                case PKCS8EncryptedPrivateKeyInfo info -> keys.add(new PemKey.EncryptedPkcs8(info));
                case PEMEncryptedKeyPair pair -> keys.add(new PemKey.EncryptedLegacy(pair));
                case null, default -> others.add(type);
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) { // bad base64 is the last of them
            // the parser's own words may quote the octets of a key
            throw new TlsMaterialException(file, "the " + type + " in line " + line + " is damaged");
        }
    }

    private static String text(Path file) throws TlsMaterialException {
        try {
            if (Files.isDirectory(file)) {
                throw new TlsMaterialException(file, "expected a PEM file, found a folder");
            }
            if (Files.size(file) > MOST_OCTETS) {
                throw new TlsMaterialException(file, "expected a PEM file of at most 1 MiB, found a larger one");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (TlsMaterialException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new TlsMaterialException(file, "there is no such file", e);
        } catch (IOException e) {
            throw new TlsMaterialException(
                    file, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static String describe(String text) {
        if (text.isBlank()) {
            return "an empty file";
        }
        return text.charAt(0) == 0x30 ? "binary data (DER or PKCS#12?)" : "other data";
    }

    private static int line(String text, int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
