package org.mailwright.smtp.ext.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts a server whose chain leads to an anchor and whose certificate bears the name that was connected to. */
final class PeerTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager anchors;

    PeerTrust(X509ExtendedTrustManager anchors) {
        this.anchors = anchors;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        anchors.checkServerTrusted(chain, authType, engine);
        String host = engine.getPeerHost();
        if (host == null || !ServerIdentity.matches(chain[0], host)) {
            throw new CertificateException(
                    "the certificate is for " + ServerIdentity.describe(chain[0]) + ", expected " + host);
        }
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
