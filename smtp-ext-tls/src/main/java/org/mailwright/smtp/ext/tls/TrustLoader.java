package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes trust managers of anchors. */
final class TrustLoader {

    private final TlsProvider provider;
    private final Instant now;

    TrustLoader(TlsProvider provider, Instant now) {
        this.provider = provider;
        this.now = now;
    }

    X509ExtendedTrustManager load(Trust trust) throws TlsMaterialException {
        return switch (trust) {
            case Trust.Platform platform -> manager(Path.of("cacerts"), null);
            case Trust.Pem pem ->
                manager(
                        pem.file(),
                        store(pem.file(), new KeyLoader(provider, now).certificates(PemFile.read(pem.file()))));
            case Trust.Store store -> manager(store.file(), open(store));
            case Trust.Given given -> manager(Path.of("tls.ca"), store(Path.of("tls.ca"), given.certificates()));
        };
    }

    /** The files that an anchor is read from. */
    static List<Path> files(Trust trust) {
        return switch (trust) {
            case Trust.Platform platform -> List.of();
            case Trust.Pem pem -> List.of(pem.file());
            case Trust.Store store -> List.of(store.file());
            case Trust.Given given -> List.of();
        };
    }

    private static KeyStore store(Path file, List<X509Certificate> certificates) throws TlsMaterialException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("ca" + i, certificates.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsMaterialException(file, "its certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore open(Trust.Store source) throws TlsMaterialException {
        char[] passphrase = source.passphrase().get();
        try (InputStream in = Files.newInputStream(source.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, passphrase);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsMaterialException(
                    source.file(),
                    "cannot be opened as a PKCS#12 or JKS store: no such file, wrong passphrase or damaged",
                    e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private X509ExtendedTrustManager manager(Path file, @Nullable KeyStore store) throws TlsMaterialException {
        try {
            if (store != null && store.size() == 0) {
                throw new TlsMaterialException(file, "expected at least one trusted certificate, found none");
            }
            TrustManagerFactory factory = switch (provider) {
                case JSSE -> TrustManagerFactory.getInstance("PKIX");
                case BOUNCYCASTLE -> TrustManagerFactory.getInstance("PKIX", BouncyCastle.jsse());
            };
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new TlsMaterialException(file, "provider " + provider.key() + " has no trust manager for it");
        } catch (GeneralSecurityException e) {
            throw new TlsMaterialException(file, "its certificates cannot be trusted: " + e.getMessage(), e);
        }
    }
}
