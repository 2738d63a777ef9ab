package org.mailwright.smtp.core.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a pair of streams, such as standard input and output. Everything happens in the thread that calls
 * {@link #run}, offloaded work too; one more thread reads. There is no TLS. The streams stay open.
 *
 * @since 0.1.0
 */
public final class StreamTransport {
    private static final int READ = 16 << 10;
    private static final Duration TICK = Duration.ofSeconds(1);

    private final InputStream in;
    private final OutputStream out;
    private final MemoryTransport memory;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    /** What keeps the reader from being ahead by more than one read. */
    private final Semaphore wanted = new Semaphore(1);

    private boolean owed;
    private long told = System.nanoTime();

    /**
     * Makes one.
     *
     * @param options the addresses that the conversation sees; offloaded work always runs at once
     */
    public StreamTransport(InputStream in, OutputStream out, MemoryTransport.Options options) {
        this.in = in;
        this.out = out;
        MemoryTransport.Options inline =
                new MemoryTransport.Options(options.remote(), options.local(), false, options.writeLimit());
        this.memory = new MemoryTransport(inline, () -> arrivals.add(new Arrival.Wake()));
    }

    private sealed interface Arrival {
        /** Octets that were read. */
        @SuppressWarnings("ArrayRecordComponent")
        record Octets(byte[] octets) implements Arrival {}

        /** The end of input, and why. */
        record End(Optional<String> failure) implements Arrival {}

        /** A task from another thread. */
        record Wake() implements Arrival {}
    }

    /**
     * Runs a conversation until it is over.
     *
     * @return the reason it was told with {@link Conversation#closed}
     * @throws InterruptedException when interrupted; the conversation was told that the connection is gone
     */
    public String run(Conversation conversation) throws InterruptedException {
        Thread reader = Thread.ofVirtual().name("smtp-stream").start(this::read);
        try {
            memory.begin(conversation);
            settle();
            while (memory.isOpen()) {
                Arrival arrival = arrivals.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
                passTime();
                if (arrival != null) {
                    take(arrival);
                }
                settle();
            }
        } catch (InterruptedException e) {
            memory.disconnect("interrupted");
            throw e;
        } finally {
            reader.interrupt();
        }
        return memory.closedWhy().orElse("");
    }

    private Duration patience() {
        Duration left = memory.deadline().orElse(TICK);
        return left.compareTo(TICK) < 0 ? left.plusMillis(1) : TICK;
    }

    private void passTime() {
        long now = System.nanoTime();
        memory.advance(Duration.ofNanos(now - told));
        told = now;
    }

    private void take(Arrival arrival) {
        switch (arrival) {
            case Arrival.Octets(byte[] octets) -> {
                owed = true;
                memory.feed(octets);
            }
            case Arrival.End(Optional<String> failure) -> failure.ifPresentOrElse(memory::disconnect, memory::endInput);
            case Arrival.Wake() -> memory.run();
        }
    }

    /** Sends what was said, and lets the reader go on once its octets were taken. */
    private void settle() {
        if (memory.handshake().isPresent()) {
            memory.endHandshake("no TLS over a pair of streams");
        }
        @Nullable String broken = null;
        byte[] octets = memory.takeOctets();
        while (octets.length > 0 && broken == null) {
            broken = send(octets);
            octets = memory.takeOctets();
        }
        if (broken != null) {
            memory.disconnect(broken);
        }
        if (owed && memory.reading()) {
            owed = false;
            wanted.release();
        }
    }

    private @Nullable String send(byte[] octets) {
        try {
            out.write(octets);
            out.flush();
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void read() {
        byte[] buffer = new byte[READ];
        try {
            int count = 0;
            while (count >= 0) {
                wanted.acquire();
                count = in.read(buffer);
                arrivals.add(
                        count < 0
                                ? new Arrival.End(Optional.empty())
                                : new Arrival.Octets(Arrays.copyOf(buffer, count)));
            }
        } catch (IOException e) {
            arrivals.add(new Arrival.End(Optional.of(String.valueOf(e.getMessage()))));
        } catch (InterruptedException e) {
            // The conversation is over, and nobody reads what would come.
            Thread.currentThread().interrupt();
        }
    }
}
