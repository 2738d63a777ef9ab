package org.mailwright.smtp.ext.burl;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.ext.burl.ImapServer.Security;

/** Reads the table of BURL in a configuration. */
final class BurlSettings {

    private static final String SERVERS = "servers";

    private BurlSettings() {}

    static BurlConfig read(Settings settings, BurlConfig usual) {
        settings.only("largest", "timeout", SERVERS);
        BurlConfig config = new BurlConfig(
                usual.servers(),
                settings.size("largest").orElse(usual.largest()),
                settings.duration("timeout").orElse(usual.timeout()));
        Optional<Settings> servers = settings.table(SERVERS);
        if (servers.isPresent()) {
            for (String name : servers.get().keys()) {
                config =
                        config.with(name, server(name, servers.get().table(name).orElseThrow()));
            }
        }
        return config;
    }

    private static ImapServer server(String name, Settings settings) {
        settings.only("host", "port", "tls", "trust", "user", "password", "on-behalf");
        Security security = settings.read("tls", "starttls, implicit or none", BurlSettings::security)
                .orElse(Security.STARTTLS);
        String host = settings.text("host").orElse(withoutPort(name));
        long port = settings.number("port", 1, 65535).orElse(security == Security.IMPLICIT ? 993L : 143L);
        return new ImapServer(
                host,
                (int) port,
                security,
                settings.read("trust", "certificates in PEM", BurlSettings::trust),
                settings.text("user").orElse("submit"),
                settings.text("password").orElse(""),
                settings.flag("on-behalf").orElse(false));
    }

    private static String withoutPort(String name) {
        return name.replaceFirst(":[0-9]+$", "");
    }

    private static Optional<Security> security(Object value) {
        for (Security one : Security.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(value)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Makes sockets that trust these certificates, and no others. */
    private static Optional<SSLSocketFactory> trust(Object value) {
        if (!(value instanceof String pem)) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                store.setCertificateEntry(Integer.toString(number++), certificate);
            }
            if (number == 0) {
                return Optional.empty();
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return Optional.of(context.getSocketFactory());
        } catch (GeneralSecurityException | IOException notPem) {
            return Optional.empty();
        }
    }
}
