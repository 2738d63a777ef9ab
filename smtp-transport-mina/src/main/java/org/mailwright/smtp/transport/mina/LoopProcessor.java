package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MINA processor as an event loop of one thread that is never shared: it runs tasks, watches deadlines and reads into
 * one buffer that all its connections share.
 */
final class LoopProcessor extends NioProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(LoopProcessor.class);
    private static final long SWEEP_NANOS = 1_000_000_000L;
    private static final int TASKS_PER_TURN = 1024;

    private final String name;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final IoBuffer input;
    private final ByteBuffer drained = ByteBuffer.allocate(512);
    private final TlsBuffers tlsBuffers = new TlsBuffers();
    private volatile @Nullable Thread thread;
    private volatile boolean asleep;

    /** Whether another thread wants a turn; then the next select does not wait. */
    private volatile boolean called;

    private long now = System.nanoTime();
    private long sweptAt = now;

    /** Whether MINA is past the phase of a turn in which it writes. */
    private boolean late;

    private boolean selfWake;

    LoopProcessor(String name, Executor executor, int readBuffer) {
        super(executor);
        this.name = name;
        this.input = IoBuffer.allocate(readBuffer);
    }

    boolean inLoop() {
        return Thread.currentThread().equals(thread);
    }

    /** Runs a task on the loop's thread, from any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        if (asleep) {
            super.wakeup();
        }
    }

    /** The clock, read once per turn. */
    long now() {
        return now;
    }

    TlsBuffers tlsBuffers() {
        return tlsBuffers;
    }

    /**
     * Reads once without delivering and tells how many octets there were, -1 at the end. Not into the common buffer,
     * which a conversation that closes may still be looking at.
     */
    int drain(LoopSession session) throws IOException {
        return session.getChannel().read(drained.clear());
    }

    @Override
    protected int select(long timeout) throws Exception {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        // MINA gave the thread a name of its own.
        if (!Thread.currentThread().getName().equals(name)) {
            Thread.currentThread().setName(name);
        }
        int selected = selfWake || wanted() ? selectNow() : sleep(timeout);
        selfWake = false;
        // Before MINA looks into its queues: who adds to them later calls again.
        called = false;
        late = false;
        now = System.nanoTime();
        runTasks();
        if (now - sweptAt >= SWEEP_NANOS) {
            sweptAt = now;
            sweep();
        }
        return selected;
    }

    private boolean wanted() {
        return called || !tasks.isEmpty() || isDisposing();
    }

    private int selectNow() throws IOException {
        // Else MINA takes the empty result for a broken selector.
        wakeupCalled.set(true);
        return selector.selectNow();
    }

    private int sleep(long timeout) throws Exception {
        asleep = true;
        try {
            return wanted() ? selectNow() : super.select(timeout);
        } finally {
            asleep = false;
        }
    }

    private void runTasks() {
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("{}: a task failed", name, e);
            }
        }
    }

    private void sweep() {
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof LoopSession session) {
                session.transport().tick(now);
            }
        }
    }

    /**
     * Without system calls while the loop is awake. What it asks of itself before it writes, it finds in the same turn.
     */
    @Override
    protected void wakeup() {
        if (inLoop()) {
            selfWake |= late;
            return;
        }
        called = true;
        if (asleep) {
            super.wakeup();
        }
    }

    /** Keeps the thread while there is no connection, so that tasks are always run. */
    @Override
    protected boolean isSelectorEmpty() {
        return isDisposing() && tasks.isEmpty() && super.isSelectorEmpty();
    }

    /**
     * Reads here and answers "no": MINA's own read allocates a buffer for each read and asks the socket once more to
     * hear that nothing is left.
     */
    @Override
    protected boolean isReadable(NioSession session) {
        if (super.isReadable(session) && session instanceof LoopSession ours && !session.isReadSuspended()) {
            try {
                if (ours.transport().wantsInput()) {
                    readOnce(ours);
                } else {
                    session.suspendRead();
                }
            } catch (Throwable e) {
                ours.transport().fail(e);
            }
        }
        return false;
    }

    private void readOnce(LoopSession session) {
        input.clear();
        ByteBuffer octets = input.buf();
        int count;
        try {
            count = session.getChannel().read(octets);
        } catch (IOException e) {
            session.transport().lost(MinaTransport.reason(e));
            return;
        }
        if (count > 0) {
            input.flip();
            session.getFilterChain().fireMessageReceived(input);
        } else if (count < 0) {
            session.getFilterChain().fireInputClosed();
        }
    }

    /** Ends a connection that cannot be written to as one that cannot be read: MINA would call it an error of ours. */
    @Override
    protected int write(NioSession session, IoBuffer octets, int length) throws IOException {
        int count;
        try {
            count = super.write(session, octets, length);
        } catch (IOException e) {
            return unwritable(session, e);
        } catch (OutOfMemoryError e) {
            return unwritable(session, new IOException("no memory to write", e));
        }
        if (count > 0 && session instanceof LoopSession ours) {
            ours.transport().progressed(now);
        }
        return count;
    }

    private static int unwritable(NioSession session, IOException why) throws IOException {
        if (session instanceof LoopSession ours) {
            ours.transport().lost(MinaTransport.reason(why));
            return 0;
        }
        throw why;
    }

    /** Applied at once on the loop; MINA's way from another thread neither wakes the loop nor is it safe. */
    @Override
    public void updateTrafficControl(NioSession session) {
        if (inLoop()) {
            super.updateTrafficControl(session);
        } else {
            updateTrafficMask(session);
        }
    }

    @Override
    protected void destroy(NioSession session) throws Exception {
        late = true;
        try {
            super.destroy(session);
        } finally {
            if (session instanceof LoopSession ours) {
                ours.transport().destroyed();
            }
        }
    }

    /** Ends the loop without regard to its connections. */
    void kill() throws IOException {
        selector.close();
    }
}
