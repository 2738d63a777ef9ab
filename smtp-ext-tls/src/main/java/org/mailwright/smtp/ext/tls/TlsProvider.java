package org.mailwright.smtp.ext.tls;

import java.util.Locale;

/**
 * The library that does TLS.
 *
 * <p>{@link #JSSE} is the one of the running JDK: fast, resumes sessions, gives keying material since JDK 25.
 * {@link #BOUNCYCASTLE} has the hybrid group X25519MLKEM768 on every JDK; it neither resumes TLS 1.3 sessions nor gives
 * keying material once a handshake is over.
 *
 * @since 0.1.0
 */
public enum TlsProvider {
    /** SunJSSE of the running JDK. */
    JSSE,
    /** BCJSSE of Bouncy Castle; ciphers and signatures come from the JDK where it has them. */
    BOUNCYCASTLE;

    /** The value of {@code tls.provider} that names this provider. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
