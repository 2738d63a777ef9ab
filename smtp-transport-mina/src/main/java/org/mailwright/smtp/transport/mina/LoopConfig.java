package org.mailwright.smtp.transport.mina;

import java.time.Duration;

/**
 * How the I/O threads work.
 *
 * @param threads I/O threads, at least 1
 * @param readBuffer most octets that one read takes; each thread has one such buffer, connections have none; at least 1
 *     KiB
 * @param writeHigh octets waiting to be sent at which a connection is congested
 * @param writeLow octets waiting to be sent at which it is writable again; below {@code writeHigh}
 * @param writeTimeout how long octets may wait for a peer that reads none of them; the connection is then cut
 * @param lingerTimeout how long a closed connection still takes and drops what the peer is sending, so that it sees the
 *     last reply
 * @since 0.1.0
 */
public record LoopConfig(
        int threads, int readBuffer, int writeHigh, int writeLow, Duration writeTimeout, Duration lingerTimeout) {

    /** One thread per two processors, reads of 64 KiB, marks at 256 and 64 KiB, 5 minutes, 2 seconds. */
    public static final LoopConfig DEFAULTS = new LoopConfig(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            64 << 10,
            256 << 10,
            64 << 10,
            Duration.ofMinutes(5),
            Duration.ofSeconds(2));

    /** Checks every value. */
    public LoopConfig {
        require(threads >= 1, "threads", threads);
        require(readBuffer >= 1 << 10, "readBuffer", readBuffer);
        require(writeLow >= 0, "writeLow", writeLow);
        require(writeHigh > writeLow, "writeHigh", writeHigh);
        require(writeTimeout.isPositive(), "writeTimeout", writeTimeout);
        require(!lingerTimeout.isNegative(), "lingerTimeout", lingerTimeout);
    }

    private static void require(boolean holds, String key, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is out of range: " + value);
        }
    }

    /** Returns the same with another number of threads. */
    public LoopConfig withThreads(int number) {
        return new LoopConfig(number, readBuffer, writeHigh, writeLow, writeTimeout, lingerTimeout);
    }

    /** Returns the same with another size of a read, in octets. */
    public LoopConfig withReadBuffer(int octets) {
        return new LoopConfig(threads, octets, writeHigh, writeLow, writeTimeout, lingerTimeout);
    }

    /** Returns the same with other marks for octets that wait to be sent. */
    public LoopConfig withWriteMarks(int high, int low) {
        return new LoopConfig(threads, readBuffer, high, low, writeTimeout, lingerTimeout);
    }

    /** Returns the same with another time for peers that do not read. */
    public LoopConfig withWriteTimeout(Duration timeout) {
        return new LoopConfig(threads, readBuffer, writeHigh, writeLow, timeout, lingerTimeout);
    }
}
