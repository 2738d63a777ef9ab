package org.mailwright.smtp.ext.tls;

import java.security.Provider;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/** Cryptography for BCJSSE: the JDK's, which uses the processor's instructions, and Bouncy Castle's for the rest. */
final class MixedCrypto extends JcaTlsCryptoProvider {

    private final JcaJceHelper helper;

    MixedCrypto(Provider fallback) {
        this.helper = new FallbackJce(fallback);
    }

    @Override
    public JcaTlsCrypto create(@Nullable SecureRandom random) {
        return create(random == null ? new SecureRandom() : random, new SecureRandom());
    }

    @Override
    public JcaTlsCrypto create(SecureRandom keys, SecureRandom nonces) {
        return new Crypto(helper, keys, nonces);
    }

    @Override
    public JcaJceHelper getHelper() {
        return helper;
    }

    private static final class Crypto extends JcaTlsCrypto {
        Crypto(JcaJceHelper helper, SecureRandom keys, SecureRandom nonces) {
            super(helper, keys, nonces);
        }
    }
}
