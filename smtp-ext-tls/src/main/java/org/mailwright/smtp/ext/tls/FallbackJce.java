package org.mailwright.smtp.ext.tls;

import java.security.AlgorithmParameterGenerator;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertStoreParameters;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.crypto.Cipher;
import javax.crypto.ExemptionMechanism;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKeyFactory;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jcajce.util.ProviderJcaJceHelper;

/** Asks the providers of the JVM first, and one that is not registered there for what they lack. */
final class FallbackJce implements JcaJceHelper {

    private final JcaJceHelper first = new DefaultJcaJceHelper();
    private final JcaJceHelper second;

    FallbackJce(Provider fallback) {
        this.second = new ProviderJcaJceHelper(fallback);
    }

    @Override
    public Cipher createCipher(String name)
            throws NoSuchAlgorithmException, NoSuchPaddingException, NoSuchProviderException {
        try {
            return first.createCipher(name);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            return second.createCipher(name);
        }
    }

    @Override
    public Mac createMac(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createMac(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createMac(name);
        }
    }

    @Override
    public KeyAgreement createKeyAgreement(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createKeyAgreement(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createKeyAgreement(name);
        }
    }

    @Override
    public AlgorithmParameterGenerator createAlgorithmParameterGenerator(String name)
            throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createAlgorithmParameterGenerator(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createAlgorithmParameterGenerator(name);
        }
    }

    @Override
    public AlgorithmParameters createAlgorithmParameters(String name)
            throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createAlgorithmParameters(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createAlgorithmParameters(name);
        }
    }

    @Override
    public KeyGenerator createKeyGenerator(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createKeyGenerator(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createKeyGenerator(name);
        }
    }

    @Override
    public KeyFactory createKeyFactory(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createKeyFactory(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createKeyFactory(name);
        }
    }

    @Override
    public SecretKeyFactory createSecretKeyFactory(String name)
            throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createSecretKeyFactory(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createSecretKeyFactory(name);
        }
    }

    @Override
    public KeyPairGenerator createKeyPairGenerator(String name)
            throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createKeyPairGenerator(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createKeyPairGenerator(name);
        }
    }

    @Override
    public MessageDigest createMessageDigest(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createMessageDigest(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createMessageDigest(name);
        }
    }

    @Override
    public Signature createSignature(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createSignature(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createSignature(name);
        }
    }

    @Override
    public CertificateFactory createCertificateFactory(String name)
            throws CertificateException, NoSuchProviderException {
        try {
            return first.createCertificateFactory(name);
        } catch (CertificateException e) {
            return second.createCertificateFactory(name);
        }
    }

    @Override
    public SecureRandom createSecureRandom(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createSecureRandom(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createSecureRandom(name);
        }
    }

    @Override
    public CertPathBuilder createCertPathBuilder(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createCertPathBuilder(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createCertPathBuilder(name);
        }
    }

    @Override
    public CertPathValidator createCertPathValidator(String name)
            throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createCertPathValidator(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createCertPathValidator(name);
        }
    }

    @Override
    public ExemptionMechanism createExemptionMechanism(String name)
            throws NoSuchAlgorithmException, NoSuchProviderException {
        try {
            return first.createExemptionMechanism(name);
        } catch (NoSuchAlgorithmException e) {
            return second.createExemptionMechanism(name);
        }
    }

    @Override
    public KeyStore createKeyStore(String name) throws KeyStoreException, NoSuchProviderException {
        try {
            return first.createKeyStore(name);
        } catch (KeyStoreException e) {
            return second.createKeyStore(name);
        }
    }

    // deprecated by Bouncy Castle, and still part of the interface
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    @Override
    public MessageDigest createDigest(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
        return createMessageDigest(name);
    }

    @Override
    public CertStore createCertStore(String name, CertStoreParameters parameters)
            throws NoSuchAlgorithmException, InvalidAlgorithmParameterException, NoSuchProviderException {
        try {
            return first.createCertStore(name, parameters);
        } catch (NoSuchAlgorithmException e) {
            return second.createCertStore(name, parameters);
        }
    }
}
