package org.mailwright.smtp.distribution.command;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.distribution.assembly.AssemblyException;
import org.mailwright.smtp.distribution.assembly.ServerAssembly;
import org.mailwright.smtp.distribution.config.RestartKeys;
import org.mailwright.smtp.distribution.config.ServerConfig;
import org.mailwright.smtp.distribution.control.ControlServer;
import org.mailwright.smtp.distribution.control.Controlled;
import org.mailwright.smtp.distribution.control.ControlledQueue;
import org.mailwright.smtp.distribution.control.ReloadOutcome;
import org.mailwright.smtp.distribution.log.LogSetup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A server that runs: its sessions, its queue and the operator's socket, by the configuration that holds now. */
final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    /** How long deliveries that are under way may take to finish. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final ReentrantLock lock = new ReentrantLock();
    private final ServerConfig started;
    private Settings settings;
    private ServerAssembly assembly;
    private @Nullable ControlServer control;
    private boolean ended;

    Service(Settings settings, ServerAssembly assembly, Terminal terminal) {
        this.started = settings.config();
        this.settings = settings;
        this.assembly = assembly;
        this.terminal = terminal;
    }

    ServerAssembly assembly() {
        lock.lock();
        try {
            return assembly;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins.
     *
     * @throws IOException when an address cannot be bound, or another server has the folder; nothing runs then
     */
    void start() throws IOException {
        try {
            control = ControlServer.start(
                    ControlServer.socket(settings.config().data()),
                    new Controlled(
                            VersionCommand.version(),
                            assembly.flow()
                                    .queue()
                                    .map(queue -> ControlledQueue.of(
                                            queue, delivery -> assembly().flow().lane(delivery))),
                            this::reload,
                            InstantSource.system()));
            assembly.server().start();
            assembly.inlets().start();
            assembly.flow().start();
        } catch (IOException | RuntimeException e) {
            end();
            throw e;
        }
    }

    /** Reads the configuration again; when it is wrong, the old one holds. */
    ReloadOutcome reload() {
        lock.lock();
        try {
            if (ended) {
                return refused("the server stops");
            }
            Settings next = Settings.read(settings.file(), terminal);
            if (!next.config().data().equals(settings.config().data())) {
                return refused("data: another folder needs a restart of the server");
            }
            Map<String, String> before = ListenerChanges.listening(assembly, settings.config());
            ServerAssembly successor = assembly.successor(next.config(), next.installed());
            try {
                successor.inlets().open(assembly.inlets());
                successor.server().succeed(assembly.server());
            } catch (IOException | RuntimeException e) {
                successor.inlets().abandon();
                successor.flow().abandon();
                return refused(String.valueOf(e.getMessage()));
            }
            successor.inlets().succeed(assembly.inlets());
            successor.flow().succeed(PATIENCE);
            assembly.flow().retire(settings.config().timeouts().stop());
            if (!next.config().log().equals(settings.config().log())) {
                LogSetup.apply(next.config().log());
            }
            String left = RestartKeys.told(started, settings.config(), next.config());
            assembly = successor;
            settings = next;
            String told = settings.name() + " holds now" + (left.isEmpty() ? "" : ", " + left);
            ListenerChanges changes =
                    ListenerChanges.of(before, ListenerChanges.listening(assembly, settings.config()));
            LOG.atLevel(left.isEmpty() ? Level.INFO : Level.WARN).log("reload: {}; {}", told, changes);
            return new ReloadOutcome(true, told + "\n" + changes);
        } catch (CommandFailure e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (AssemblyException e) {
            return refused(e.in(settings.name()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("interrupted");
        } finally {
            lock.unlock();
        }
    }

    private static ReloadOutcome refused(String why) {
        LOG.error("reload: the configuration is not changed: {}", why);
        return new ReloadOutcome(false, why);
    }

    /** Ends in good order. Sessions first: what they have taken by then is in the queue. */
    void stop() throws InterruptedException {
        lock.lock();
        try {
            assembly.inlets().close();
            assembly.server().stop();
        } finally {
            end();
            lock.unlock();
        }
    }

    /** The socket last: its lock keeps a second server away from the folder until nothing of this one is at work. */
    private void end() {
        ended = true;
        try {
            assembly.inlets().close();
            assembly.server().close();
            assembly.flow().stop(PATIENCE);
        } catch (IOException e) {
            LOG.error("the queue did not end well: {}", e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            endControl();
        }
    }

    private void endControl() {
        Optional<ControlServer> operator = Optional.ofNullable(control);
        control = null;
        if (operator.isPresent()) {
            try {
                operator.get().close();
            } catch (IOException e) {
                LOG.error("the control socket did not end well: {}", e.getMessage(), e);
            }
        }
    }
}
