package org.mailwright.smtp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.session.ListenerProfile;
import org.mailwright.smtp.core.session.MailIds;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.server.command.HelloCommands;
import org.mailwright.smtp.server.command.MailCommands;
import org.mailwright.smtp.server.command.SessionCommands;
import org.mailwright.smtp.server.gate.RelayGate;
import org.mailwright.smtp.server.log.SessionLog;
import org.mailwright.smtp.server.trace.SubmissionFields;
import org.mailwright.smtp.server.trace.TraceFields;
import org.mailwright.smtp.transport.mina.Admission;
import org.mailwright.smtp.transport.mina.ConnectionLimits;
import org.mailwright.smtp.transport.mina.IoLoops;
import org.mailwright.smtp.transport.mina.ListenerConfig;
import org.mailwright.smtp.transport.mina.LoopConfig;
import org.mailwright.smtp.transport.mina.MinaListener;

/**
 * An SMTP server: listeners, the commands without which there is no SMTP, the extensions that were chosen, and the sink
 * that takes the mails. Made by {@link #builder} or by Guice ({@link SmtpServerModule}); composed completely, and every
 * clash of extensions found, before it listens.
 *
 * @since 0.1.0
 */
public final class SmtpServer implements AutoCloseable {

    private final SmtpServerConfig config;
    private final Map<SmtpListener, SmtpService> services = new LinkedHashMap<>();
    private final Optional<TlsPolicy> tls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<String, MinaListener> listening = new LinkedHashMap<>();
    private @Nullable IoLoops loops;

    /**
     * A server that does not listen yet.
     *
     * @param config listeners and bounds
     * @param relay decides for which domains mail is taken
     * @param installed extensions to choose from, beside the built-in commands
     * @param sink takes the mails of all listeners
     * @param tls for listeners that begin with TLS
     * @param clock gives the time of trace fields
     * @throws IllegalArgumentException when extensions clash or a listener names one that is not installed
     */
    public SmtpServer(
            SmtpServerConfig config,
            RelayGate relay,
            List<? extends Extension> installed,
            MessageSink sink,
            Optional<TlsPolicy> tls,
            Clock clock) {
        this.config = config;
        this.tls = tls;
        List<Extension> always = List.of(
                new HelloCommands(),
                new MailCommands(),
                new SessionCommands(),
                relay,
                new SubmissionFields(clock),
                new TraceFields(clock, config.hops()),
                new SessionLog());
        Selection selection = new Selection(always, List.copyOf(installed));
        MailIds ids = MailIds.startingNow();
        for (SmtpListener listener : config.listeners()) {
            if (listener.profile().implicitTls() && tls.isEmpty()) {
                throw new IllegalArgumentException(
                        "listener " + listener.profile().name() + ": tls: there is no certificate to begin TLS with");
            }
            services.put(listener, new SmtpService(listener.profile(), selection.of(listener), sink, ids));
        }
    }

    /** Returns a builder of a server with this name of its own, such as "mx.example.org". */
    public static SmtpServerBuilder builder(String hostname) {
        return new SmtpServerBuilder(hostname);
    }

    /** Returns what each listener offers. */
    public List<SmtpService> services() {
        return List.copyOf(services.values());
    }

    /**
     * Begins to listen.
     *
     * @throws IOException when an address cannot be bound, naming it; nothing listens then
     */
    public void start() throws IOException {
        lock.lock();
        try {
            if (loops != null) {
                throw new IllegalStateException("the server is running");
            }
            IoLoops threads = new IoLoops(LoopConfig.DEFAULTS.withThreads(config.ioThreads()));
            loops = threads;
            byte[] full = ("421 4.3.2 " + config.listeners().get(0).profile().hostname()
                            + " Too many connections, try again later\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            Admission admission = new ConnectionLimits(config.connections(), config.connectionsPerClient(), full);
            for (Map.Entry<SmtpListener, SmtpService> entry : services.entrySet()) {
                listen(threads, entry.getKey(), entry.getValue(), admission);
            }
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        } finally {
            lock.unlock();
        }
    }

    private void listen(IoLoops threads, SmtpListener listener, SmtpService service, Admission admission)
            throws IOException {
        ListenerProfile profile = listener.profile();
        ListenerConfig socket = ListenerConfig.at(listener.address()).withAdmission(admission);
        if (profile.implicitTls()) {
            socket = socket.withTls(tls.orElseThrow());
        }
        listening.put(profile.name(), MinaListener.bind(threads, socket, service::conversation));
    }

    /**
     * Returns the address at which a listener listens, with the port that was taken.
     *
     * @throws IllegalArgumentException when no listener of that name is listening
     */
    public InetSocketAddress address(String listener) {
        lock.lock();
        try {
            MinaListener found = listening.get(listener);
            if (found == null) {
                throw new IllegalArgumentException("no listener " + listener + " is listening");
            }
            return found.address();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops in good order: no new connections and mails, those in flight finish, then 421.
     *
     * @param patience how long that may take; connections that are left are cut
     * @return whether all ended by themselves
     */
    public boolean stop(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            boolean allEnded = true;
            for (Future<Boolean> stopped : stopTogether(patience)) {
                allEnded &= stopped.get();
            }
            return allEnded;
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a listener did not stop", bug.getCause());
        } finally {
            close();
            lock.unlock();
        }
    }

    /** All at the same time: one that waits for its mails must not leave the others open, nor use up their time. */
    private List<Future<Boolean>> stopTogether(Duration patience) throws InterruptedException {
        List<Callable<Boolean>> stops = new ArrayList<>();
        for (MinaListener listener : listening.values()) {
            stops.add(() -> listener.stop(patience));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(stops);
        }
    }

    /** Stops as {@link #stop} does, with the patience of the configuration. */
    public boolean stop() throws InterruptedException {
        return stop(config.stopTimeout());
    }

    /** Waits until the server is stopped or closed. */
    public void awaitEnd() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (loops != null) {
                ended.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops at once; mails in flight are not taken. */
    @Override
    public void close() {
        lock.lock();
        try {
            listening.values().forEach(MinaListener::close);
            listening.clear();
            IoLoops threads = loops;
            loops = null;
            if (threads != null) {
                threads.close();
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
