package org.mailwright.smtp.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.mailwright.smtp.client.builtin.Pipelining;
import org.mailwright.smtp.client.network.Connector;
import org.mailwright.smtp.core.client.ClientProfile;
import org.mailwright.smtp.core.extension.ClientSide;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;

/**
 * Sends mails to servers over connections that it keeps and shares. Safe for any number of threads.
 *
 * <pre>{@code
 * try (SmtpClient client = SmtpClient.builder("me.example.org").build()) {
 *     MailResult result = client.send(ServerAddress.of("mx.example.org", 25), mail);
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class SmtpClient implements AutoCloseable {

    /** How long a mail follows others on their connection before it gets one of its own. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SmtpClientConfig config;
    private final ClientProfile profile;
    private final Connector connector;
    private final ConcurrentHashMap<ServerAddress, ServerPool> pools = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Patience patience;
    private volatile boolean closed;

    /**
     * Makes a client.
     *
     * @param extensions what it can do beside {@link Pipelining}, which it always has; one of the same id replaces
     *     that. Content beyond US-ASCII is refused unless one of them sees to it ({@link ClientSide#seesToEightBit})
     * @param connector closed with the client
     * @throws IllegalArgumentException when the extensions do not fit together
     */
    public SmtpClient(SmtpClientConfig config, Collection<? extends Extension> extensions, Connector connector) {
        this(config, extensions, connector, PATIENCE);
    }

    SmtpClient(
            SmtpClientConfig config,
            Collection<? extends Extension> extensions,
            Connector connector,
            Duration patience) {
        this.config = config;
        this.patience = new Patience(patience);
        this.connector = connector;
        List<Extension> all = new ArrayList<>(extensions);
        Extension pipelining = new Pipelining();
        if (all.stream().noneMatch(other -> other.id().equals(pipelining.id()))) {
            all.add(pipelining);
        }
        this.profile = ClientProfile.of(all);
    }

    /** Returns a builder of a client that presents itself by this name. */
    public static SmtpClientBuilder builder(String hostname) {
        return new SmtpClientBuilder(hostname);
    }

    /**
     * Sends a mail and waits for what becomes of it. Failures are results too: nothing is thrown for them.
     *
     * @throws InterruptedException when the thread was interrupted; the mail is cancelled, as far as it can be
     */
    public MailResult send(ServerAddress server, OutgoingMail mail) throws InterruptedException {
        return send(server, mail, () -> true);
    }

    /**
     * Sends a mail as long as it is wanted, and waits for what becomes of it.
     *
     * @param wanted asked before each part of the content goes out, and so right before the end of the content: when it
     *     says no, the mail is not sent, or its connection ends before the mail is whole. Must not block
     * @throws InterruptedException when the thread was interrupted; the mail is cancelled, as far as it can be
     */
    public MailResult send(ServerAddress server, OutgoingMail mail, BooleanSupplier wanted)
            throws InterruptedException {
        Submission future = begin(server, mail, Runnable::run, wanted);
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a result cannot fail", e);
        }
    }

    /**
     * Sends a mail.
     *
     * @return completes with what becomes of it, never exceptionally; what depends on it may block, for it runs on a
     *     virtual thread. Cancelling it keeps the mail from being sent, up to the moment at which its content is out
     *     whole
     */
    public CompletableFuture<MailResult> sendAsync(ServerAddress server, OutgoingMail mail) {
        return begin(server, mail, Thread::startVirtualThread, () -> true);
    }

    /**
     * Makes sure that there is a connection to a server that is ready for mails, without a mail: begins one unless
     * there is one already. Any number of callers share one connection, so that a server that does not answer costs no
     * more than that. It is kept for the mails that come, and ends after the usual idle time when none does.
     */
    public Opening open(ServerAddress server) {
        List<Opening> opening = new ArrayList<>(1);
        pools.compute(server, (key, known) -> {
            ServerPool pool = known == null ? newPool(key) : known;
            if (closed) {
                pool.close();
            }
            opening.add(pool.open());
            return pool;
        });
        return opening.get(0);
    }

    private Submission begin(ServerAddress server, OutgoingMail mail, Executor tellers, BooleanSupplier wanted) {
        Submission submission = new Submission(mail, tellers, wanted);
        pools.compute(server, (key, known) -> {
            ServerPool pool = known == null ? newPool(key) : known;
            if (closed) {
                pool.close();
            }
            pool.submit(submission);
            return pool;
        });
        return submission;
    }

    private ServerPool newPool(ServerAddress server) {
        return new ServerPool(
                config,
                patience,
                pool -> new PooledConnection(
                        "c" + ids.incrementAndGet(), pool, server, config, profile, connector, this::tidy));
    }

    /** Forgets servers to which there is neither a mail nor a connection. */
    private void tidy(ServerAddress server) {
        pools.computeIfPresent(server, (key, pool) -> pool.isEmpty() ? null : pool);
    }

    /**
     * Ends: takes no more mails, fails those that wait, lets those finish that are under way, and says QUIT. Returns
     * when all connections are gone, at the latest after the configured time.
     */
    @Override
    public void close() {
        closed = true;
        List<ServerPool> all = List.copyOf(pools.values());
        all.forEach(ServerPool::close);
        long left = config.closeTimeout().toNanos();
        try {
            for (ServerPool pool : all) {
                left = pool.awaitEmpty(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connector.close();
    }
}
