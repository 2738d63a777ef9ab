package org.mailwright.smtp.distribution.assembly;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.distribution.config.RouteConfig;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.ext.tls.TlsClientConfig;
import org.mailwright.smtp.ext.tls.TlsClientContext;
import org.mailwright.smtp.ext.tls.TlsMaterialException;
import org.mailwright.smtp.ext.tls.TlsMode;
import org.mailwright.smtp.ext.tls.Trust;
import org.mailwright.smtp.relay.TlsLevel;

/** The TLS of mail on its way to other hosts; without the extension there is none. */
final class RelayTls {

    private final Map<TlsLevel, TlsClientContext> contexts;

    private RelayTls(Map<TlsLevel, TlsClientContext> contexts) {
        this.contexts = contexts;
    }

    static RelayTls open(ServerConfig config, Installed installed) throws AssemblyException {
        if (!installed.has(Bundled.STARTTLS)) {
            boolean insists = Stream.concat(
                            Stream.of(config.relay().tls()),
                            config.routes().stream().map(RouteConfig::tls).flatMap(Optional::stream))
                    .anyMatch(level -> level == TlsLevel.REQUIRED || level == TlsLevel.VERIFIED);
            if (insists || config.relay().implicitTls()) {
                throw new AssemblyException("relay.tls: needs the extension STARTTLS, which is not installed");
            }
            return new RelayTls(Map.of());
        }
        Trust trust = config.relay().authorities().<Trust>map(Trust.Pem::new).orElseGet(Trust.Platform::new);
        Map<TlsLevel, TlsClientContext> contexts = new EnumMap<>(TlsLevel.class);
        try {
            for (TlsLevel level : TlsLevel.values()) {
                TlsClientConfig usual = TlsClientConfig.DEFAULTS;
                contexts.put(
                        level,
                        TlsClientContext.open(
                                switch (level) {
                                    case NONE -> usual.with(TlsMode.NONE);
                                    case OPPORTUNISTIC -> usual.with(TlsMode.OPPORTUNISTIC);
                                    case REQUIRED -> usual.with(TlsMode.REQUIRED);
                                    case VERIFIED -> usual.verifiedBy(trust);
                                }));
            }
        } catch (TlsMaterialException e) {
            throw new AssemblyException("relay.ca: " + e.getMessage(), e);
        }
        return new RelayTls(contexts);
    }

    List<Extension> extensions() {
        return Optional.ofNullable(contexts.get(TlsLevel.OPPORTUNISTIC))
                .<List<Extension>>map(context -> List.of(StartTlsExtension.client(context)))
                .orElse(List.of());
    }

    /** The settings by which the extension knows a level. */
    Attributes settings(TlsLevel level) {
        return Optional.ofNullable(contexts.get(level))
                .map(context -> Attributes.EMPTY.with(StartTlsExtension.DESTINATION, context))
                .orElse(Attributes.EMPTY);
    }

    /** How TLS begins with a host before its greeting. */
    TlsPolicy implicit(TlsLevel level, String host) throws AssemblyException {
        TlsLevel atLeast = level == TlsLevel.VERIFIED ? level : TlsLevel.REQUIRED;
        return Optional.ofNullable(contexts.get(atLeast))
                .map(context -> context.policy(host))
                .orElseThrow(() -> new AssemblyException("relay.implicit-tls: needs the extension STARTTLS"));
    }
}
