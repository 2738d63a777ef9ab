package org.mailwright.smtp.ext.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes a JSSE context of key sources and anchors. */
final class ContextBuilder {

    /** Sessions that a server remembers for resumption, at most. */
    private static final int MOST_SESSIONS = 10_000;

    private static final int SESSION_SECONDS = 3600;

    private final TlsProvider provider;
    private final List<KeySource> keys;
    private final InstantSource clock;
    private final SecureRandom random;

    ContextBuilder(TlsProvider provider, List<KeySource> keys, InstantSource clock, SecureRandom random) {
        this.provider = provider;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    List<Path> keyFiles() {
        List<Path> files = new ArrayList<>();
        for (KeySource source : keys) {
            switch (source) {
                case KeySource.Files named -> {
                    files.add(named.certificate());
                    files.add(named.key());
                }
                case KeySource.SelfSigned own -> files.add(own.file());
            }
        }
        return files;
    }

    /** Makes the certificates that are ours to make. */
    Instant prepare() throws TlsMaterialException {
        Instant due = Instant.MAX;
        for (KeySource source : keys) {
            if (source instanceof KeySource.SelfSigned own) {
                Instant renewal = new SelfSignedCertificate(own, clock.instant(), random).ensure();
                due = renewal.isBefore(due) ? renewal : due;
            }
        }
        return due;
    }

    KeyRing ring() throws TlsMaterialException {
        KeyLoader loader = new KeyLoader(provider, clock.instant());
        List<KeyEntry> entries = new ArrayList<>();
        for (KeySource source : keys) {
            entries.add(
                    switch (source) {
                        case KeySource.Files named -> loader.load(named);
                        case KeySource.SelfSigned own -> loader.load(new KeySource.Files(own.file(), own.file()));
                    });
        }
        return new KeyRing(entries);
    }

    SSLContext context(KeyRing ring, TrustManager trust) throws TlsMaterialException {
        try {
            SSLContext context = switch (provider) {
                case JSSE -> SSLContext.getInstance("TLS");
                case BOUNCYCASTLE -> SSLContext.getInstance("TLS", BouncyCastle.jsse());
            };
            context.init(new KeyManager[] {new RingKeys(ring)}, new TrustManager[] {trust}, random);
            context.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            context.getClientSessionContext().setSessionCacheSize(MOST_SESSIONS);
            context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsMaterialException(
                    Path.of("tls.provider"), "provider " + provider.key() + " cannot do TLS: " + e.getMessage(), e);
        }
    }
}
