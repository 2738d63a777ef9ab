package org.mailwright.smtp.transport.mina;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Loops of a test with one listener whose conversations can be waited for. */
final class Fixture implements AutoCloseable {
    final IoLoops loops;
    final MinaListener listener;
    private final BlockingQueue<Talk> talks = new LinkedBlockingQueue<>();

    Fixture(Supplier<Talk> make) throws IOException {
        this(LoopConfig.DEFAULTS, config -> config, make);
    }

    Fixture(LoopConfig config, Change change, Supplier<Talk> make) throws IOException {
        loops = new IoLoops(config);
        listener = MinaListener.bind(loops, change.apply(ListenerConfig.at(local(0))), () -> {
            Talk talk = make.get();
            talks.add(talk);
            return talk;
        });
    }

    /** What a test changes in the configuration of the listener. */
    interface Change {
        ListenerConfig apply(ListenerConfig config);
    }

    static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Peer connect() throws IOException {
        return Peer.to(listener.address());
    }

    Talk talk() throws InterruptedException {
        Talk talk = talks.poll(20, TimeUnit.SECONDS);
        if (talk == null) {
            throw new AssertionError("no connection came");
        }
        return talk;
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}
