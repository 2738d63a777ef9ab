package org.mailwright.smtp.benchmarks.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** One thread of a run: a selector and its share of the sessions. */
final class LoadLoop implements Callable<Tally> {

    private static final long TICK_MILLIS = 200;

    private final LoadPlan plan;
    private final Script script;
    private final Tickets tickets;
    private final TlsEngines engines;
    private final int sessions;
    private final Tally tally = new Tally();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final List<LoadConnection> open = new ArrayList<>();

    LoadLoop(LoadPlan plan, Script script, Tickets tickets, TlsEngines engines, int sessions) {
        this.plan = plan;
        this.script = script;
        this.tickets = tickets;
        this.engines = engines;
        this.sessions = sessions;
    }

    @Override
    public Tally call() throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < sessions && tickets.any(); i++) {
                open.add(new LoadConnection(selector, 0));
            }
            while (!open.isEmpty()) {
                selector.select(this::ready, TICK_MILLIS);
                long now = System.nanoTime();
                for (int i = open.size() - 1; i >= 0; i--) {
                    open.get(i).check(now);
                    if (open.get(i).closed) {
                        replace(i, selector);
                    }
                }
            }
        }
        return tally;
    }

    private void replace(int index, Selector selector) throws IOException {
        int failures = open.get(index).failures;
        if (tickets.any() && failures < Conversation.FAILURES_IN_A_ROW) {
            open.set(index, new LoadConnection(selector, failures));
        } else {
            open.remove(index);
        }
    }

    private void ready(SelectionKey key) {
        ((LoadConnection) key.attachment()).ready(key);
    }

    /** One connection of a session; the next of the same session inherits its count of failures. */
    private final class LoadConnection {

        private final SocketChannel channel;
        private final Conversation talk;
        private long lastProgress = System.nanoTime();
        private boolean closed;
        private int failures;

        LoadConnection(Selector selector, int failures) throws IOException {
            this.failures = failures;
            tally.connections++;
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Wire clear = new ClearWire(channel, in);
            talk = new Conversation(
                    plan, script, tickets, tally, clear, () -> new TlsWire(channel, engines.create(plan.server())));
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            try {
                if (channel.connect(plan.server())) {
                    begin(key);
                }
            } catch (IOException e) {
                fail(e);
            }
        }

        void ready(SelectionKey key) {
            try {
                if (key.isConnectable() && channel.finishConnect()) {
                    begin(key);
                    return;
                }
                if (key.isReadable()) {
                    talk.readable();
                }
                if (key.isWritable()) {
                    talk.writable();
                }
                progress(key);
            } catch (IOException e) {
                fail(e);
            }
        }

        private void begin(SelectionKey key) throws IOException {
            key.interestOps(SelectionKey.OP_READ);
            talk.connected();
            progress(key);
        }

        private void progress(SelectionKey key) throws IOException {
            lastProgress = System.nanoTime();
            if (talk.step() == Conversation.Step.OVER) {
                failures = 0;
                close();
                return;
            }
            int interest = talk.flushed() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
            if (key.interestOps() != interest) {
                key.interestOps(interest);
            }
        }

        void check(long now) {
            if (!closed && now - lastProgress > plan.patience().toNanos()) {
                fail(new IOException("no answer in time"));
            }
        }

        private void fail(IOException e) {
            failures++;
            tally.error(
                    talk.step() + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
            if (talk.mailInHand()) {
                tally.failed++;
            }
            close();
        }

        private void close() {
            closed = true;
            try {
                channel.close();
            } catch (IOException e) {
                tally.error("CLOSE: " + e.getMessage());
            }
        }
    }
}
