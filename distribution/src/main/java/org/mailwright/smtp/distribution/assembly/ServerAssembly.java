package org.mailwright.smtp.distribution.assembly;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.extension.Settings;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.distribution.config.HttpConfig;
import org.mailwright.smtp.distribution.config.HttpTls;
import org.mailwright.smtp.distribution.config.ListenerConfig;
import org.mailwright.smtp.distribution.config.ListenerTls;
import org.mailwright.smtp.distribution.config.QueueStore;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.plugin.Plugins;
import org.mailwright.smtp.ext.auth.PasswordLogin;
import org.mailwright.smtp.mailbox.DiscardSink;
import org.mailwright.smtp.mailbox.LocalDomains;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.LocalMailboxes;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.MailboxRoom;
import org.mailwright.smtp.mailbox.UserDirectory;
import org.mailwright.smtp.server.SmtpListener;
import org.mailwright.smtp.server.SmtpServer;
import org.mailwright.smtp.server.SmtpServerConfig;
import org.mailwright.smtp.server.command.EnhancedStatusCodes;
import org.mailwright.smtp.server.command.Pipelining;
import org.mailwright.smtp.server.gate.RelayGate;

/**
 * A server made of a configuration and of what is installed.
 *
 * @param server the server, not yet listening
 * @param extensions all that its listeners chose from
 * @param listeners what each listener was made of, in the order of the configuration
 * @param inlets where mail comes in by HTTP, not yet listening
 * @param hasUsers whether anybody has a mailbox
 * @param flow what becomes of the mail that the server takes
 * @since 0.1.0
 */
public record ServerAssembly(
        SmtpServer server,
        List<Extension> extensions,
        List<SmtpListener> listeners,
        HttpInlets inlets,
        boolean hasUsers,
        MailFlow flow) {

    /** What a server is put together for. */
    public enum Purpose {
        /** To serve: keys are read, and a certificate is made where there is none. */
        SERVE,
        /** To be checked: keys are read where there are some, and nothing is written. */
        CHECK,
        /** To be looked at: nothing is read or written beyond the users. */
        LOOK
    }

    /**
     * Puts a server together.
     *
     * @throws AssemblyException naming what is in the way
     */
    public static ServerAssembly of(ServerConfig config, Installed installed, Purpose purpose)
            throws AssemblyException {
        return of(config, installed, purpose, Optional.empty());
    }

    /**
     * Puts a server together that follows this one: it uses the same queue.
     *
     * @throws AssemblyException naming what is in the way; this one goes on then
     */
    public ServerAssembly successor(ServerConfig config, Installed installed) throws AssemblyException {
        return of(config, installed, Purpose.SERVE, Optional.of(flow));
    }

    private static ServerAssembly of(
            ServerConfig config, Installed installed, Purpose purpose, Optional<MailFlow> before)
            throws AssemblyException {
        Optional<AuthParts> auth = installed.has(Bundled.AUTH) ? Optional.of(AuthParts.open(config)) : Optional.empty();
        LocalRecipients recipients = recipients(config, auth);
        boolean queued = config.queue().store() != QueueStore.NONE;
        LocalNames names = LocalNames.open(config, recipients, queued);
        if (purpose == Purpose.CHECK) {
            names.check(config);
        }
        Optional<TlsPolicy> tls = tls(config, installed, purpose);
        List<Extension> extensions = extensions(config, installed, names, auth, tls);
        MailboxRoom room = queued ? names.room(LocalParts.quotas(config)) : MailboxRoom.ENOUGH;
        extensions.add(new LocalMailboxes(names.addressees(), room, SizeParts::declared, queued));
        Optional<PasswordLogin> posters = posters(config, auth, tls);
        MailFlow flow = flow(config, installed, purpose, names, extensions, before);
        extensions.addAll(flow.extensions());
        FilterReturn.gate(config).ifPresent(extensions::add);
        try {
            return of(
                    config,
                    extensions,
                    tls,
                    posters,
                    auth.isPresent() && auth.get().hasUsers(),
                    flow);
        } catch (IllegalArgumentException e) {
            before.ifPresent(known -> flow.abandon());
            throw new AssemblyException(String.valueOf(e.getMessage()), e);
        } catch (AssemblyException e) {
            before.ifPresent(known -> flow.abandon());
            throw e;
        }
    }

    private static ServerAssembly of(
            ServerConfig config,
            List<Extension> extensions,
            Optional<TlsPolicy> tls,
            Optional<PasswordLogin> posters,
            boolean hasUsers,
            MailFlow flow)
            throws AssemblyException {
        List<SmtpListener> listeners = new ArrayList<>();
        for (ListenerConfig listener : config.listeners()) {
            listeners.add(Listeners.of(config, listener, extensions));
        }
        RelayGate gate = RelayRules.gate(config, flow);
        Clock clock = Clock.system(ZoneId.systemDefault());
        SmtpServer server = new SmtpServer(
                new SmtpServerConfig(
                        listeners,
                        config.ioThreads() == 0 ? SmtpServerConfig.DEFAULT_IO_THREADS : config.ioThreads(),
                        config.limits().connections(),
                        config.limits().connectionsPerClient(),
                        config.limits().hops(),
                        config.timeouts().stop()),
                gate,
                extensions,
                flow.sink(),
                tls,
                clock);
        List<HttpParts> inlets = new ArrayList<>();
        if (posters.isPresent()) {
            List<Extension> all =
                    new ArrayList<>(SmtpServer.builtIn(gate, config.limits().hops(), clock));
            all.addAll(Listeners.ofHttp(extensions));
            for (HttpConfig http : config.http()) {
                inlets.add(new HttpParts(config, http, all, flow.sink(), posters.get(), tls.flatMap(TlsParts::https)));
            }
        }
        return new ServerAssembly(server, List.copyOf(extensions), listeners, new HttpInlets(inlets), hasUsers, flow);
    }

    /** Lets in who gives mail by HTTP, where it is taken. */
    private static Optional<PasswordLogin> posters(
            ServerConfig config, Optional<AuthParts> auth, Optional<TlsPolicy> tls) throws AssemblyException {
        if (config.http().isEmpty()) {
            return Optional.empty();
        }
        if (tls.isEmpty() && config.http().stream().anyMatch(http -> http.tls() == HttpTls.IMPLICIT)) {
            throw new AssemblyException("http.tls: \"implicit\" needs the extension STARTTLS");
        }
        return Optional.of(auth.orElseThrow(() -> new AssemblyException("http: needs the extension AUTH"))
                .passwordLogin());
    }

    /** The queue's flow, behind the content filter if there is one. */
    private static MailFlow flow(
            ServerConfig config,
            Installed installed,
            Purpose purpose,
            LocalNames names,
            List<Extension> extensions,
            Optional<MailFlow> before)
            throws AssemblyException {
        Optional<MailFlow> usual =
                before.map(known -> known instanceof FilteredFlow filtered ? filtered.usual() : known);
        MailFlow flow = unfiltered(config, installed, purpose, names, extensions, usual);
        return purpose == Purpose.SERVE && config.filter().before().isPresent()
                ? FilteredFlow.of(config, flow, installed, before)
                : flow;
    }

    /** What is only looked at opens no queue. */
    private static MailFlow unfiltered(
            ServerConfig config,
            Installed installed,
            Purpose purpose,
            LocalNames names,
            List<Extension> extensions,
            Optional<MailFlow> before)
            throws AssemblyException {
        if (before.isPresent()
                && before.get().queue().isPresent() != (config.queue().store() != QueueStore.NONE)) {
            throw new AssemblyException("queue.store: another store needs a restart of the server");
        }
        if (config.queue().store() == QueueStore.NONE) {
            return DirectFlow.of(config, names.recipients(), TurnParts.idle(config, installed));
        }
        return switch (purpose) {
            case SERVE ->
                QueuedFlow.open(
                        config,
                        names,
                        installed,
                        extensions,
                        before.filter(QueuedFlow.class::isInstance).map(QueuedFlow.class::cast));
            case CHECK, LOOK -> new DirectFlow(new DiscardSink(), TurnParts.idle(config, installed));
        };
    }

    private static Optional<TlsPolicy> tls(ServerConfig config, Installed installed, Purpose purpose)
            throws AssemblyException {
        boolean wanted = config.listeners().stream().anyMatch(listener -> listener.tls() != ListenerTls.NONE)
                || config.http().stream().anyMatch(http -> http.tls() != HttpTls.NONE);
        if (!wanted || !installed.has(Bundled.STARTTLS)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (purpose) {
                    case SERVE -> TlsParts.policy(config);
                    case CHECK -> config.tls().identity().isPresent() ? TlsParts.policy(config) : TlsParts.none();
                    case LOOK -> TlsParts.none();
                });
    }

    private static List<Extension> extensions(
            ServerConfig config,
            Installed installed,
            LocalNames names,
            Optional<AuthParts> auth,
            Optional<TlsPolicy> tls)
            throws AssemblyException {
        List<Extension> extensions = new ArrayList<>(List.of(new Pipelining(), new EnhancedStatusCodes()));
        if (installed.has(Bundled.SIZE)) {
            extensions.add(SizeParts.extension(config));
        }
        if (installed.has(Bundled.VERIFY)) {
            extensions.add(VerifyParts.extension(config, names));
        }
        if (auth.isPresent()) {
            extensions.add(auth.get().extension());
        }
        tls.ifPresent(policy -> extensions.add(TlsParts.startTls(policy)));
        for (Extension plain : installed.plain()) {
            extensions.add(configured(config, plain));
        }
        for (Plugins.Found plugin : installed.plugins()) {
            extensions.add(configured(config, plugin.extension()));
        }
        return extensions;
    }

    static Extension configured(ServerConfig config, Extension extension) throws AssemblyException {
        String id = extension.id();
        try {
            return extension.configured(
                    Settings.of("extension." + id, config.foreign().getOrDefault(id, Map.of())));
        } catch (IllegalArgumentException e) {
            String table = "extension." + id;
            String told = String.valueOf(e.getMessage());
            String message = told.startsWith(table + ".") ? told : table + ": " + told;
            throw new AssemblyException(line(config, message), message, e);
        }
    }

    /** The line of the key that a message begins with, or of the innermost table around it that is in the file. */
    private static int line(ServerConfig config, String message) {
        return config.foreignLines().entrySet().stream()
                .filter(key -> message.startsWith(key.getKey() + ":") || message.startsWith(key.getKey() + "."))
                .max(Comparator.comparingInt(key -> key.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(0);
    }

    private static LocalRecipients recipients(ServerConfig config, Optional<AuthParts> auth) {
        UserDirectory everybody = (UserDirectory & NonBlocking) mailbox -> true;
        UserDirectory nobody = (UserDirectory & NonBlocking) mailbox -> false;
        UserDirectory users = switch (config.users().unknownRecipients()) {
            case ACCEPT -> everybody;
            case REJECT -> auth.map(AuthParts::directory).orElse(nobody);
        };
        return new LocalRecipients(
                LocalDomains.of(config.localDomains()),
                users,
                postmaster(config),
                config.users().detailSeparator());
    }

    private static LocalMailbox postmaster(ServerConfig config) {
        return new LocalMailbox(config.users().postmaster(), config.mainDomain());
    }
}
