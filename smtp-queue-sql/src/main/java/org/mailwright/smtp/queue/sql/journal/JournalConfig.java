package org.mailwright.smtp.queue.sql.journal;

/**
 * How a {@link Journal} uses its folder.
 *
 * @param segmentSize octets after which a new file is begun, 64 KiB to 1 GiB
 * @param extension octets by which a file grows at a time, at least 4096: a forced write within the file costs less
 *     than one that makes it longer
 * @param spares most emptied files that are kept to be used again, 0 to 64
 * @param recent octets of the latest records that are kept in memory, from 1 MiB to 1 GiB: who reads them soon reads no
 *     file. The memory is taken when it is first needed, outside of the heap
 * @param cached octets of files that are kept in memory while older records are read, from 1 MiB to 1 GiB; taken when
 *     it is first needed
 * @since 0.1.0
 */
public record JournalConfig(long segmentSize, int extension, int spares, int recent, int cached) {

    /**
     * Files of 32 MiB that grow by 4 MiB, two spare ones, 16 MiB of memory for what is recent, and for older records as
     * much as an eighth of the largest heap, from 1 to 128 MiB.
     */
    public static final JournalConfig DEFAULTS = new JournalConfig(32L << 20, 4 << 20, 2, 16 << 20, share());

    private static int share() {
        return (int) Math.clamp(Runtime.getRuntime().maxMemory() / 8, 1L << 20, 128L << 20);
    }

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
        memory("recent", recent);
        memory("cached", cached);
    }

    private static void memory(String name, int octets) {
        if (octets < 1 << 20 || octets > 1 << 30) {
            throw new IllegalArgumentException(name + " must be 1 MiB to 1 GiB, not " + octets);
        }
    }
}
