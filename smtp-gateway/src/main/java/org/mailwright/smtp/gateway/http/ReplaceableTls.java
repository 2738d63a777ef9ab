package org.mailwright.smtp.gateway.http;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A TLS context with another behind it that may be replaced: the JDK's HTTPS server takes one before it starts, and no
 * other afterwards, but a certificate is renewed while it runs.
 */
final class ReplaceableTls {
    private final AtomicReference<SSLContext> now;
    private final SSLContext context;

    ReplaceableTls(SSLContext first) {
        now = new AtomicReference<>(first);
        context = new Shell(new Through(now), first.getProvider(), first.getProtocol());
    }

    /** Returns the one to begin connections by, now and after each replacement. */
    SSLContext context() {
        return context;
    }

    /** Lets connections that come from now on begin by another. */
    void replace(SSLContext next) {
        now.set(next);
    }

    private static final class Shell extends SSLContext {
        Shell(SSLContextSpi inner, Provider provider, String protocol) {
            super(inner, provider, protocol);
        }
    }

    private static final class Through extends SSLContextSpi {
        private final AtomicReference<SSLContext> now;

        Through(AtomicReference<SSLContext> now) {
            this.now = now;
        }

        private SSLContext now() {
            return now.getAcquire();
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("the context behind this one is complete");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return now().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return now().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return now().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return now().createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return now().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return now().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return now().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return now().getSupportedSSLParameters();
        }
    }
}
