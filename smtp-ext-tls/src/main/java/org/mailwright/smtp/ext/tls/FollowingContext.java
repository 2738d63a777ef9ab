package org.mailwright.smtp.ext.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context whose engines come from the one that holds now, and are configured already. */
final class FollowingContext extends SSLContext {
    private FollowingContext(Spi spi, SSLContext now) {
        super(spi, now.getProvider(), now.getProtocol());
    }

    static SSLContext of(Supplier<SSLContext> current, Consumer<SSLEngine> settings) {
        return new FollowingContext(new Spi(current, settings), current.get());
    }

    private static final class Spi extends SSLContextSpi {
        private final Supplier<SSLContext> current;
        private final Consumer<SSLEngine> settings;

        Spi(Supplier<SSLContext> current, Consumer<SSLEngine> settings) {
            this.current = current;
            this.settings = settings;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it has its keys");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return configured(current.get().createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return configured(current.get().createSSLEngine(host, port));
        }

        private SSLEngine configured(SSLEngine engine) {
            settings.accept(engine);
            return engine;
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return engineCreateSSLEngine().getSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return current.get().getSupportedSSLParameters();
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return current.get().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return current.get().getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current.get().getClientSessionContext();
        }
    }
}
