package org.mailwright.smtp.benchmarks.micro;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.Transport;

/** Takes what a session says and counts it, at next to no cost. A session that wants another thread fails here. */
final class CountingTransport implements Transport {

    private static final SocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);

    private long octets;
    private int writes;
    private byte first;

    /** How many octets were said. */
    long octets() {
        return octets;
    }

    /** How many writes there were. */
    int writes() {
        return writes;
    }

    /** The first digit of the last write: 2 or 3 is good. */
    byte first() {
        return first;
    }

    @Override
    public void write(ByteBuffer said) {
        first = said.get(said.position());
        octets += said.remaining();
        writes++;
        said.position(said.limit());
    }

    @Override
    public void offload(Runnable work, Runnable then) {
        throw new IllegalStateException("a null sink needs no other thread");
    }

    @Override
    public void startTls(TlsPolicy policy) {
        throw new IllegalStateException("no TLS here");
    }

    @Override
    public void handOver(Conversation next) {
        throw new IllegalStateException("no turn here");
    }

    @Override
    public void abort() {
        throw new IllegalStateException("the session gave up");
    }

    @Override
    public void close() {}

    @Override
    public SocketAddress remoteAddress() {
        return ADDRESS;
    }

    @Override
    public SocketAddress localAddress() {
        return ADDRESS;
    }

    @Override
    public boolean congested() {
        return false;
    }

    @Override
    public void suspendReading() {}

    @Override
    public void resumeReading() {}

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void deadline(Duration delay) {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
