package org.mailwright.smtp.benchmarks.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that appends records of the same size to one file and forces them to the disk with group commit.
 *
 * <p>Some threads write one record each and wait until it is forced; one thread writes and forces what waits. It prints
 * {@code RECORDS SECONDS}. With {@code preallocated} the file has its full length before, so that a force has no length
 * of a file to write.
 */
public final class DiskLimit {

    private static final int LARGEST_BATCH = 1024;

    private final FileChannel file;
    private final ByteBuffer buffer;
    private final byte[] record;
    private final BlockingQueue<Semaphore> waiting = new LinkedBlockingQueue<>();

    private DiskLimit(FileChannel file, int octets) {
        this.file = file;
        this.record = new byte[octets];
        this.buffer = ByteBuffer.allocateDirect(octets * LARGEST_BATCH);
    }

    /**
     * Arguments: a file that may be made, threads, records, octets of each, and {@code append} or {@code preallocated}.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path path = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int records = Integer.parseInt(arguments[2]);
        int octets = Integer.parseInt(arguments[3]);
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            if (arguments[4].equals("preallocated")) {
                allocate(file, (long) records * octets);
            }
            double seconds = new DiskLimit(file, octets).measure(threads, records);
            System.out.println(String.format(Locale.ROOT, "%d %.4f", records, seconds));
        } finally {
            Files.deleteIfExists(path);
        }
    }

    private static void allocate(FileChannel file, long octets) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        for (long at = 0; at < octets; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), octets - at));
            writeAll(file, zeros);
        }
        file.force(true);
        file.position(0);
    }

    private double measure(int threads, int records) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(records);
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>();
        for (int n = 0; n < threads; n++) {
            started.add(Thread.ofVirtual().start(() -> write(left, ready, go)));
        }
        ready.await();
        long begin = System.nanoTime();
        go.countDown();
        for (int done = 0; done < records; ) {
            done += commit();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (Thread thread : started) {
            thread.join();
        }
        return seconds;
    }

    private void write(AtomicInteger left, CountDownLatch ready, CountDownLatch go) {
        Semaphore forced = new Semaphore(0);
        ready.countDown();
        try {
            go.await();
            while (left.getAndDecrement() > 0) {
                waiting.add(forced);
                forced.acquire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int commit() throws IOException, InterruptedException {
        List<Semaphore> batch = new ArrayList<>();
        batch.add(waiting.take());
        waiting.drainTo(batch, LARGEST_BATCH - 1);
        buffer.clear();
        for (int n = 0; n < batch.size(); n++) {
            buffer.put(record);
        }
        writeAll(file, buffer.flip());
        file.force(false);
        batch.forEach(Semaphore::release);
        return batch.size();
    }

    private static void writeAll(FileChannel file, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            file.write(octets);
        }
    }
}
