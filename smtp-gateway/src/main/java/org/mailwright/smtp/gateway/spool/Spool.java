package org.mailwright.smtp.gateway.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailwright.smtp.core.mail.Body;

/**
 * Keeps one content until it is passed on: a small one in memory, a large one in a temporary file that only the owner
 * can read. Not durable: whoever uses it has promised nothing yet. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class Spool extends OutputStream {
    private static final int IN_MEMORY = 64 * 1024;

    private final Path folder;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private long size;
    private boolean eightBit;

    /**
     * An empty one.
     *
     * @param folder where a file is made, when it comes to that
     */
    public Spool(Path folder) {
        this.folder = folder;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, octets.length);
        for (int i = offset; i < offset + length && !eightBit; i++) {
            eightBit = octets[i] < 0;
        }
        size += length;
        OutputStream to = out;
        if (to == null && size > IN_MEMORY) {
            to = spill();
        }
        (to == null ? memory : to).write(octets, offset, length);
    }

    private OutputStream spill() throws IOException {
        Path made = Files.createTempFile(folder, "mail", ".spool");
        file = made;
        // no channel: an interrupt must not close it
        OutputStream to = new java.io.FileOutputStream(made.toFile());
        out = to;
        memory.writeTo(to);
        memory = new ByteArrayOutputStream(0);
        return to;
    }

    /** Returns how many octets there are. */
    public long size() {
        return size;
    }

    /** Tells whether some are beyond US-ASCII. */
    public boolean isEightBit() {
        return eightBit;
    }

    /** Returns what was written; valid until it is closed. */
    public Body body() {
        Path spilled = file;
        return spilled == null ? Body.of(memory.toByteArray()) : Body.of(spilled);
    }

    /** Forgets it. */
    @Override
    public void close() {
        Path spilled = file;
        OutputStream to = out;
        try {
            if (to != null) {
                to.close();
            }
            if (spilled != null) {
                Files.deleteIfExists(spilled);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be removed", e);
        }
    }
}
