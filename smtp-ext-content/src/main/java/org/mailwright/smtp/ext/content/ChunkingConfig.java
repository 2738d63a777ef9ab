package org.mailwright.smtp.ext.content;

/**
 * The configuration of CHUNKING, for clients.
 *
 * @param from octets of the smallest mail that goes out in chunks; smaller ones take DATA, which can be sent in one
 *     group with the commands before it. Binary mails go out in chunks in any case
 * @param chunk octets of a chunk, 1024 to {@value #LARGEST}; each is answered before the next one is sent
 * @since 0.1.0
 */
public record ChunkingConfig(long from, int chunk) {

    /** Octets of the largest chunk. */
    public static final int LARGEST = 1 << 20;

    /** Mails of 1 MiB or more, in chunks of 256 KiB. */
    public static final ChunkingConfig DEFAULT = new ChunkingConfig(1 << 20, 256 * 1024);

    /** Checks the sizes. */
    public ChunkingConfig {
        if (from < 0) {
            throw new IllegalArgumentException("from: expected 0 or more octets, found " + from);
        }
        if (chunk < 1024 || chunk > LARGEST) {
            throw new IllegalArgumentException("chunk: expected 1024 to " + LARGEST + " octets, found " + chunk);
        }
    }
}
