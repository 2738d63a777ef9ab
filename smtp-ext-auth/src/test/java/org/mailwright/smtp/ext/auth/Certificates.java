package org.mailwright.smtp.ext.auth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Certificates of several kinds, all for Alice@Example.test and second@example.test, without their keys. */
public final class Certificates {

    private Certificates() {}

    /** The certificate of a name, which says its key and hash. */
    public static X509Certificate named(String name) {
        try (InputStream pem = Certificates.class.getResourceAsStream(name + ".pem")) {
            if (pem == null) {
                throw new IllegalArgumentException("no certificate " + name);
            }
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
