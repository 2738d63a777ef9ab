package org.mailwright.smtp.ext.tls;

import java.security.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * The Bouncy Castle providers, made when first needed and never registered with the JVM: what else runs in it keeps the
 * providers it had.
 */
final class BouncyCastle {

    private BouncyCastle() {}

    private static final class Crypto {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }

    private static final class Jsse {
        // held, because the JDK forgets the level of a logger that nobody holds; at INFO it writes two lines per
        // connection and a stack trace per failed handshake
        static final Logger LOG = Logger.getLogger("org.bouncycastle.jsse");
        static final Provider PROVIDER;

        static {
            if (LOG.getLevel() == null) {
                LOG.setLevel(Level.SEVERE);
            }
            PROVIDER = new BouncyCastleJsseProvider(false, new MixedCrypto(Crypto.PROVIDER));
        }
    }

    static Provider crypto() {
        return Crypto.PROVIDER;
    }

    static Provider jsse() {
        return Jsse.PROVIDER;
    }
}
