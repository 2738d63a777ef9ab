package org.mailwright.smtp.ext.proxy;

import jakarta.inject.Inject;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Preface;
import org.mailwright.smtp.core.extension.ServerSide;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.Role;

/**
 * The PROXY protocol, versions 1 and 2: a load balancer says at the beginning of a connection whose it is. A peer in a
 * trusted network must begin with it, any other cannot; where a listener begins with TLS, it stands in clear in front
 * of that. It is not on any listener by default.
 *
 * @since 0.1.0
 */
public final class ProxyExtension implements Extension {

    private final ProxyConfig config;

    /** PROXY that trusts nobody. */
    public ProxyExtension() {
        this(ProxyConfig.DEFAULT);
    }

    /** PROXY from trusted networks. */
    @Inject
    public ProxyExtension(ProxyConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return "PROXY";
    }

    @Override
    public Set<Role> defaultRoles() {
        return EnumSet.noneOf(Role.class);
    }

    /** Reads {@code trusted}, a list of networks, and {@code timeout}. */
    @Override
    public Extension configured(Settings settings) {
        settings.only("trusted", "timeout");
        return new ProxyExtension(new ProxyConfig(
                TrustSettings.read(settings).orElse(config.trusted()),
                settings.duration("timeout").orElse(config.timeout())));
    }

    @Override
    public void server(ServerSide side) {
        side.preface(new Preface() {
            @Override
            public boolean expectedFrom(SocketAddress remote) {
                return config.trusts(remote);
            }

            @Override
            public Duration timeout() {
                return config.timeout();
            }

            @Override
            public int longest() {
                return ProxyHeader.LONGEST;
            }

            @Override
            public Progress read(ByteBuffer octets) {
                return ProxyHeader.read(octets);
            }
        });
    }
}
