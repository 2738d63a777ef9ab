package org.mailwright.smtp.ext.tls;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts a server whose chain leads to an anchor and whose certificate bears the name that was connected to. */
final class PeerTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager anchors;
    private final Consumer<Optional<String>> judged;

    /**
     * Makes one.
     *
     * @param judged told of each certificate why it was refused, or nothing
     */
    PeerTrust(X509ExtendedTrustManager anchors, Consumer<Optional<String>> judged) {
        this.anchors = anchors;
        this.judged = judged;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            check(chain, authType, engine);
            judged.accept(Optional.empty());
        } catch (CertificateException e) {
            judged.accept(Optional.ofNullable(e.getMessage()));
            throw e;
        }
    }

    private void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        try {
            anchors.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw new CertificateException(
                    "the certificate for " + ServerIdentity.describe(chain[0]) + " " + fault(chain[0], e), e);
        }
        String host = engine.getPeerHost();
        if (host == null || !ServerIdentity.matches(chain[0], host)) {
            throw new CertificateException(
                    "the certificate is for " + ServerIdentity.describe(chain[0]) + ", expected " + host);
        }
    }

    /** What is wrong, in words for people: those of the providers name their own classes. */
    private static String fault(X509Certificate certificate, CertificateException failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "or one that vouches for it has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "or one that vouches for it is not valid yet";
            }
            root = cause;
        }
        if (!(root instanceof CertPathBuilderException)) {
            return "is not accepted: " + root.getMessage();
        }
        String issuer = certificate.getIssuerX500Principal().getName();
        return certificate.getSubjectX500Principal().getName().equals(issuer)
                ? "is self-signed, and not among those that are trusted"
                : "comes from " + issuer + ", which is not trusted";
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return anchors.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw engineOfClientOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw engineOfClientOnly();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw engineOfClientOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw engineOfClientOnly();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw engineOfClientOnly();
    }

    private static CertificateException engineOfClientOnly() {
        return new CertificateException("without the engine of a client the peer's name is not known");
    }
}
