package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Tells which keys can be used, and whether a private and a public key are a pair. */
final class KeyMatch {

    private static final Set<String> USABLE = Set.of(
            PKCSObjectIdentifiers.rsaEncryption.getId(),
            PKCSObjectIdentifiers.id_RSASSA_PSS.getId(),
            X9ObjectIdentifiers.id_ecPublicKey.getId(),
            EdECObjectIdentifiers.id_Ed25519.getId(),
            EdECObjectIdentifiers.id_Ed448.getId());

    private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

    private KeyMatch() {}

    /** Whether keys of this algorithm, an object identifier, can be used in TLS. */
    static boolean isUsable(String algorithm) {
        return USABLE.contains(algorithm);
    }

    /** The key without attributes, public key and curve in its inner part, which not every JDK reads. */
    static PrivateKeyInfo plainest(PrivateKeyInfo info) throws IOException {
        ASN1Encodable key = info.parsePrivateKey();
        if (info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            ASN1Sequence parts = ASN1Sequence.getInstance(key);
            if (parts.size() < 2) {
                throw new IOException("an EC key has a version and a number");
            }
            key = new DERSequence(new ASN1Encodable[] {parts.getObjectAt(0), parts.getObjectAt(1)});
        }
        return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), key);
    }

    static boolean belong(PrivateKey mine, PublicKey other, TlsProvider provider) {
        if (mine instanceof RSAKey one && other instanceof RSAKey two) {
            return one.getModulus().equals(two.getModulus());
        }
        if (mine instanceof RSAKey || other instanceof RSAKey) {
            return false;
        }
        String name = mine.getAlgorithm().startsWith("Ed") ? mine.getAlgorithm() : "SHA256withECDSA";
        try {
            Signature signer = signature(name, provider);
            signer.initSign(mine);
            signer.update(PROBE);
            byte[] signed = signer.sign();
            Signature verifier = signature(name, provider);
            verifier.initVerify(other);
            verifier.update(PROBE);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            // keys of two kinds or two curves: no pair
            return false;
        }
    }

    private static Signature signature(String name, TlsProvider provider) throws GeneralSecurityException {
        return switch (provider) {
            case JSSE -> Signature.getInstance(name);
            case BOUNCYCASTLE -> Signature.getInstance(name, BouncyCastle.crypto());
        };
    }
}
