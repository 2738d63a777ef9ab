package org.mailwright.smtp.benchmarks.peers.mina;

import java.util.concurrent.Executors;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;
import org.jspecify.annotations.Nullable;

/** MINA's processor without the system calls it could spare: waking itself, and reading again after a short read. */
final class LoopProcessor extends NioProcessor {

    private volatile @Nullable Thread loop;
    private boolean woken;

    LoopProcessor() {
        super(Executors.newSingleThreadExecutor());
    }

    @Override
    protected int select(long timeout) throws Exception {
        loop = Thread.currentThread();
        boolean now = woken;
        woken = false;
        return now ? selector.selectNow() : super.select(timeout);
    }

    @Override
    protected void wakeup() {
        if (Thread.currentThread().equals(loop)) {
            woken = true;
            wakeupCalled.set(true);
        } else {
            super.wakeup();
        }
    }

    @Override
    protected int read(NioSession session, IoBuffer buffer) throws Exception {
        return buffer.position() > 0 ? 0 : super.read(session, buffer);
    }
}
