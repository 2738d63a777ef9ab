package org.mailwright.smtp.queue.sql.journal;

/**
 * How a {@link Journal} uses its folder.
 *
 * @param segmentSize octets after which a new file is begun, 64 KiB to 1 GiB
 * @param extension octets by which a file grows at a time, at least 4096: a forced write within the file costs less
 *     than one that makes it longer
 * @param spares most emptied files that are kept to be used again, 0 to 64
 * @param recent octets of the latest records that are kept in memory, from 1 MiB to 1 GiB: who reads them soon reads no
 *     file. The memory is taken when it is first needed
 * @since 0.1.0
 */
public record JournalConfig(long segmentSize, int extension, int spares, int recent) {

    /** Files of 32 MiB that grow by 4 MiB, two spare ones, and 16 MiB of memory. */
    public static final JournalConfig DEFAULTS = new JournalConfig(32L << 20, 4 << 20, 2, 16 << 20);

    /** Checks the values. */
    public JournalConfig {
        if (segmentSize < 64 << 10 || segmentSize > 1L << 30) {
            throw new IllegalArgumentException("segmentSize must be 64 KiB to 1 GiB, not " + segmentSize);
        }
        if (extension < 4096 || extension > segmentSize) {
            throw new IllegalArgumentException("extension must be 4096 to " + segmentSize + ", not " + extension);
        }
        if (spares < 0 || spares > 64) {
            throw new IllegalArgumentException("spares must be 0 to 64, not " + spares);
        }
        if (recent < 1 << 20 || recent > 1 << 30) {
            throw new IllegalArgumentException("recent must be 1 MiB to 1 GiB, not " + recent);
        }
    }
}
