package org.mailwright.smtp.ext.tls;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;

/** Applies a configuration to a provider's engine. */
final class EngineSettings {

    /** The protocol's name in ALPN. */
    static final String ALPN_SMTP = "smtp";

    private EngineSettings() {}

    static void server(SSLEngine engine, TlsServerConfig config) {
        engine.setUseClientMode(false);
        SSLParameters parameters = common(engine, config.protocol());
        parameters.setUseCipherSuitesOrder(true);
        switch (config.clientAuth()) {
            case NONE -> parameters.setNeedClientAuth(false);
            case REQUEST -> parameters.setWantClientAuth(true);
            case REQUIRE -> parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        engine.setHandshakeApplicationProtocolSelector((e, offered) -> alpn(config.alpn(), offered));
    }

    /** For a server of another protocol: who its clients are and what protocols they name is not our business. */
    static void foreign(SSLEngine engine, TlsServerConfig config) {
        engine.setUseClientMode(false);
        SSLParameters parameters = common(engine, config.protocol());
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNeedClientAuth(false);
        engine.setSSLParameters(parameters);
    }

    static void client(SSLEngine engine, TlsConfig config, String host) {
        engine.setUseClientMode(true);
        SSLParameters parameters = common(engine, config);
        serverName(host).ifPresent(name -> parameters.setServerNames(List.of(name)));
        engine.setSSLParameters(parameters);
        if (engine instanceof BCSSLEngine bc && config.versions().contains(TlsVersion.TLS_1_3)) {
            // otherwise only x25519 gets a key share and the hybrid group costs a round trip
            BCSSLParameters more = bc.getParameters();
            more.setEarlyKeyShares(config.namedGroups().stream().limit(2).toArray(String[]::new));
            bc.setParameters(more);
        }
    }

    /** RFC 6066 §3: addresses are not sent; nor are names that break the rules of host names, as some hosts have. */
    private static Optional<SNIServerName> serverName(String host) {
        if (ServerIdentity.isAddress(host)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SSLParameters common(SSLEngine engine, TlsConfig config) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(
                config.versions().stream().sorted().map(TlsVersion::key).toArray(String[]::new));
        parameters.setCipherSuites(config.cipherSuites().toArray(String[]::new));
        parameters.setNamedGroups(config.namedGroups().toArray(String[]::new));
        return parameters;
    }

    /** The protocol to choose; an empty text for none, and null, by the JDK's contract, ends the handshake. */
    @SuppressWarnings("NullAway")
    private static String alpn(TlsServerConfig.Alpn policy, List<String> offered) {
        if (offered.contains(ALPN_SMTP)) {
            return ALPN_SMTP;
        }
        return switch (policy) {
            case STRICT -> null;
            case LENIENT -> "";
        };
    }
}
