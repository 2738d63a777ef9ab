package org.mailwright.smtp.gateway.pipe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** The first octets of what a program says; the rest is read and thrown away. */
final class KeptOutput {
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;

    KeptOutput(int most) {
        this.most = most;
    }

    /** Reads to the end. */
    void readAll(InputStream in) {
        byte[] buffer = new byte[4096];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                keep(buffer, count);
            }
        } catch (IOException closed) {
            // the program has ended, and what it said until now is kept
            keep(buffer, 0);
        }
    }

    private void keep(byte[] octets, int count) {
        lock.lock();
        try {
            kept.write(octets, 0, Math.min(count, most - kept.size()));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the first line that says something, so far; any octets may be in it. */
    String firstLine() {
        lock.lock();
        try {
            return kept.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
        } finally {
            lock.unlock();
        }
    }
}
