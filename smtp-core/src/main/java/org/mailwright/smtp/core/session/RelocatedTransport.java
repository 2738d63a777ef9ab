package org.mailwright.smtp.core.session;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.mailwright.smtp.core.extension.Preface;
import org.mailwright.smtp.core.transport.Conversation;
import org.mailwright.smtp.core.transport.TlsPolicy;
import org.mailwright.smtp.core.transport.Transport;

/** A connection with other addresses than its own. */
record RelocatedTransport(Transport transport, Preface.Ends ends) implements Transport {

    @Override
    public SocketAddress remoteAddress() {
        return ends.remote();
    }

    @Override
    public SocketAddress localAddress() {
        return ends.local();
    }

    @Override
    public void write(ByteBuffer octets) {
        transport.write(octets);
    }

    @Override
    public boolean congested() {
        return transport.congested();
    }

    @Override
    public void suspendReading() {
        transport.suspendReading();
    }

    @Override
    public void resumeReading() {
        transport.resumeReading();
    }

    @Override
    public void offload(Runnable work, Runnable then) {
        transport.offload(work, then);
    }

    @Override
    public void execute(Runnable task) {
        transport.execute(task);
    }

    @Override
    public void startTls(TlsPolicy policy) {
        transport.startTls(policy);
    }

    @Override
    public void startTls(TlsPolicy policy, ByteBuffer first) {
        transport.startTls(policy, first);
    }

    @Override
    public void deadline(Duration delay) {
        transport.deadline(delay);
    }

    @Override
    public long nanoTime() {
        return transport.nanoTime();
    }

    @Override
    public void handOver(Conversation next) {
        transport.handOver(next);
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public void abort() {
        transport.abort();
    }
}
