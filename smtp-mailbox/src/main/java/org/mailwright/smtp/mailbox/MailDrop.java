package org.mailwright.smtp.mailbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One mail on its way into one or more mailboxes: written once, then linked into each.
 *
 * <p>Write the header fields of the delivery and the mail with its CRLF line ends, then {@link #deliver}. Closing
 * without having delivered leaves nothing. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class MailDrop implements Closeable {
    private static final int BUFFER = 16 * 1024;

    private final MaildirStore store;
    private final MessageKey key;
    private final Path file;
    private final FileChannel channel;
    private final LineEnds lineEnds = new LineEnds();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long flushed;
    private boolean forced;
    private Optional<IOException> failure = Optional.empty();

    private MailDrop(MaildirStore store, MessageKey key, Path file, FileChannel channel) {
        this.store = store;
        this.key = key;
        this.file = file;
        this.channel = channel;
    }

    static MailDrop open(MaildirStore store, MessageKey key, LocalMailbox first) throws IOException {
        Maildir maildir = store.maildir(first);
        // two attempts at one mail may overlap: each has a file of its own, and the first to finish wins
        Path file = maildir.inTmp(store.fileName(key, first) + "." + UUID.randomUUID());
        return new MailDrop(store, key, file, maildir.create(file));
    }

    /**
     * Takes the next octets of the mail, as they came over the wire.
     *
     * @param octets consumed to their limit; free for other use when this returns
     * @throws MailboxException when they cannot be written; the mail is lost and this is to be closed
     */
    public void write(ByteBuffer octets) throws MailboxException {
        try {
            int end = octets.limit();
            while (octets.position() < end) {
                if (buffer.remaining() < 2) {
                    flush();
                }
                octets.limit(Math.min(end, octets.position() + buffer.remaining() - 1));
                lineEnds.convert(octets, buffer);
                octets.limit(end);
            }
        } catch (IOException e) {
            throw new MailboxException("cannot write a mail", e);
        }
    }

    /**
     * Puts the mail into every mailbox, or into none. When this returns, it is on the medium: content and names.
     *
     * @param mailboxes where to; each gets it once, and none gets it that has it already
     * @return how many of them did not have it already
     * @throws MailboxException when one of them cannot take it; it was taken out of the others again
     */
    public int deliver(Collection<LocalMailbox> mailboxes) throws MailboxException {
        List<LocalMailbox> taken = new ArrayList<>();
        for (LocalMailbox mailbox : new LinkedHashSet<>(mailboxes)) {
            try {
                if (put(mailbox)) {
                    taken.add(mailbox);
                }
                store.maildir(mailbox).forceNew();
            } catch (IOException e) {
                MailboxException failure = new MailboxException("cannot deliver to " + mailbox, e);
                takeBack(taken, failure);
                throw failure;
            }
        }
        return taken.size();
    }

    /** Returns how many octets the mail has in a mailbox, as far as it was written. */
    public long size() {
        return flushed + buffer.position();
    }

    /** Completes the file before the first mailbox takes it. */
    private boolean put(LocalMailbox mailbox) throws IOException {
        if (!forced) {
            if (buffer.remaining() < 1) {
                flush();
            }
            lineEnds.end(buffer);
            flush();
            untilItFails(() -> store.disk().force(channel));
            forced = true;
        }
        return store.maildir(mailbox).take(file, store.fileName(key, mailbox));
    }

    private void takeBack(List<LocalMailbox> taken, MailboxException failure) {
        for (LocalMailbox mailbox : taken) {
            try {
                store.maildir(mailbox).remove(store.fileName(key, mailbox));
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private void flush() throws IOException {
        untilItFails(() -> {
            flushed += buffer.flip().remaining();
            store.disk().write(channel, buffer);
            buffer.clear();
        });
    }

    /**
     * Runs a step on the file, unless one has failed before: then octets are missing, or a second fsync would answer
     * well for what the first has lost, and no later mailbox may have this mail either.
     */
    private void untilItFails(Step step) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            step.run();
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /**
     * Removes the working copy. What was delivered stays.
     *
     * @throws IOException when it cannot be removed; no reader of the mailbox sees it
     */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
