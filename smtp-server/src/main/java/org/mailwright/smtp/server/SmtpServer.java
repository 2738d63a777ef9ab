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
import org.mailwright.smtp.transport.mina.LoopConfig;

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
    private final Map<SmtpListener, OpenListener> listening = new LinkedHashMap<>();
    private @Nullable IoLoops loops;
    private @Nullable Admission admission;

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
        Selection selection = new Selection(builtIn(relay, config.hops(), clock), List.copyOf(installed));
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

    /**
     * Returns what every listener has, chosen or not: commands, the relay gate, trace fields and the log. For whoever
     * runs sessions of another origin that are to be like those of a listener.
     *
     * @param relay decides for which domains mail is taken
     * @param hops Received fields that a mail may bring
     * @param clock gives the time of trace fields
     */
    public static List<Extension> builtIn(RelayGate relay, int hops, Clock clock) {
        return List.of(
                new HelloCommands(),
                new MailCommands(),
                new SessionCommands(),
                relay,
                new SubmissionFields(clock),
                new TraceFields(clock, hops),
                new SessionLog());
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
            Admission admitting = new ConnectionLimits(config.connections(), config.connectionsPerClient(), full);
            admission = admitting;
            for (Map.Entry<SmtpListener, SmtpService> entry : services.entrySet()) {
                listening.put(entry.getKey(), listen(threads, entry.getKey(), entry.getValue(), admitting));
            }
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        } finally {
            lock.unlock();
        }
    }

    private OpenListener listen(IoLoops threads, SmtpListener listener, SmtpService service, Admission admission)
            throws IOException {
        return OpenListener.bind(threads, listener, service, tls, admission);
    }

    /**
     * Takes over from a server that listens: what both listen at goes on without a gap, what only this one has is
     * opened, what only the other one had is closed. Sessions that are open keep to what they began with. Threads and
     * the bounds of connections stay those of the other server. Afterwards the other one is at its end.
     *
     * @throws IOException when an address cannot be bound, naming it; the other server goes on then
     */
    public void succeed(SmtpServer before) throws IOException {
        lock.lock();
        before.lock.lock();
        Map<SmtpListener, OpenListener> left;
        try {
            IoLoops threads = before.loops;
            Admission admitting = before.admission;
            if (loops != null || threads == null || admitting == null) {
                throw new IllegalStateException("only a server that is running has a successor");
            }
            left = new LinkedHashMap<>(before.listening);
            Map<SmtpListener, OpenListener> all = new LinkedHashMap<>();
            List<OpenListener> fresh = new ArrayList<>();
            try {
                for (Map.Entry<SmtpListener, SmtpService> entry : services.entrySet()) {
                    SmtpListener listener = entry.getKey();
                    Optional<SmtpListener> same =
                            left.keySet().stream().filter(listener::continues).findFirst();
                    if (same.isPresent()) {
                        all.put(listener, left.remove(same.get()));
                    } else {
                        OpenListener opened = listen(threads, listener, entry.getValue(), admitting);
                        fresh.add(opened);
                        all.put(listener, opened);
                    }
                }
            } catch (IOException | RuntimeException e) {
                fresh.forEach(OpenListener::close);
                throw e;
            }
            services.forEach((listener, service) ->
                    Optional.ofNullable(all.get(listener)).ifPresent(open -> open.become(service, tls)));
            listening.putAll(all);
            loops = threads;
            admission = admitting;
            before.listening.clear();
            before.loops = null;
            before.ended.signalAll();
        } finally {
            before.lock.unlock();
            lock.unlock();
        }
        left.values().forEach(open -> Thread.startVirtualThread(() -> open.retire(config.stopTimeout())));
    }

    /**
     * Returns the address at which a listener listens, with the port that was taken.
     *
     * @throws IllegalArgumentException when no listener of that name is listening
     */
    public InetSocketAddress address(String listener) {
        lock.lock();
        try {
            return listening.entrySet().stream()
                    .filter(one -> one.getKey().profile().name().equals(listener))
                    .findFirst()
                    .map(one -> one.getValue().address())
                    .orElseThrow(() -> new IllegalArgumentException("no listener " + listener + " is listening"));
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
        for (OpenListener listener : listening.values()) {
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
            listening.values().forEach(OpenListener::close);
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
