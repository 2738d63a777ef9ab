package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.client.mina.MinaNetwork;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.client.ClientConfig;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.distribution.assembly.Installed;
import org.mailwright.smtp.distribution.config.HostPort;
import org.mailwright.smtp.dns.DnsConfig;
import org.mailwright.smtp.dns.MailDns;
import org.mailwright.smtp.dns.ResolverDns;
import org.mailwright.smtp.ext.size.SizeExtension;
import org.mailwright.smtp.ext.tls.StartTlsExtension;
import org.mailwright.smtp.ext.tls.TlsClientConfig;
import org.mailwright.smtp.ext.tls.TlsClientContext;
import org.mailwright.smtp.ext.tls.TlsMaterialException;
import org.mailwright.smtp.ext.tls.TlsMode;
import org.mailwright.smtp.relay.MxResolver;
import org.mailwright.smtp.relay.MxSender;
import org.mailwright.smtp.relay.RelayClient;
import org.mailwright.smtp.relay.RelayConfig;
import org.mailwright.smtp.relay.TlsLevel;

/**
 * One mail straight to the mail exchangers of its recipients, without a server of ours between.
 *
 * @param hostname how the client presents itself
 * @param dns the name server; absent: the system's
 * @param port where mail exchangers listen
 * @param privateAddresses whether the DNS may lead to private and loopback addresses
 */
record EndToEnd(String hostname, Optional<HostPort> dns, int port, boolean privateAddresses) {

    /**
     * Sends it.
     *
     * @throws CommandFailure when it could not even be tried
     */
    MailResult send(OutgoingMail mail) throws CommandFailure {
        RelayConfig relay = RelayConfig.DEFAULTS.withPort(port).withPrivateAddresses(privateAddresses);
        Map<TlsLevel, TlsClientContext> contexts = contexts();
        List<Extension> extensions = new ArrayList<>(Installed.eightBit());
        extensions.add(new SizeExtension());
        extensions.add(StartTlsExtension.client(
                Optional.ofNullable(contexts.get(TlsLevel.OPPORTUNISTIC)).orElseThrow()));
        try (MailDns names = new ResolverDns(DnsConfig.DEFAULTS.withServers(dns.stream()
                        .map(server -> new InetSocketAddress(server.host(), server.port()))
                        .toList()));
                RelayClient client = new RelayClient(
                        SmtpClientConfig.DEFAULTS.withDialogue(ClientConfig.DEFAULTS.withHostname(hostname)),
                        extensions,
                        new MinaNetwork(),
                        level -> Optional.ofNullable(contexts.get(level))
                                .map(context -> Attributes.EMPTY.with(StartTlsExtension.DESTINATION, context))
                                .orElse(Attributes.EMPTY),
                        relay,
                        InstantSource.system())) {
            MxResolver resolver = new MxResolver(names, relay, new SecureRandom());
            return new MxSender(client, resolver, relay, domain -> TlsLevel.OPPORTUNISTIC).send(mail);
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.TEMPORARY, "mailwright send: --dns: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new CommandFailure(ExitStatus.TEMPORARY, "interrupted", e);
        }
    }

    private static Map<TlsLevel, TlsClientContext> contexts() throws CommandFailure {
        Map<TlsLevel, TlsClientContext> contexts = new EnumMap<>(TlsLevel.class);
        try {
            contexts.put(TlsLevel.OPPORTUNISTIC, TlsClientContext.open(TlsClientConfig.DEFAULTS));
            contexts.put(TlsLevel.NONE, TlsClientContext.open(TlsClientConfig.DEFAULTS.with(TlsMode.NONE)));
        } catch (TlsMaterialException e) {
            throw new CommandFailure(ExitStatus.NO_INPUT, String.valueOf(e.getMessage()), e);
        }
        return contexts;
    }
}
