package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aliases in a file that may be changed at any time: it is looked at, at most once per second, when somebody asks. When
 * the new one is wrong, or gone, the old one holds, and the log says so once.
 *
 * @since 0.1.0
 */
public final class AliasFile implements Aliases {
    private static final Logger LOG = LoggerFactory.getLogger(AliasFile.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A file this young may be written again without another time or size. */
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    private final Path file;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile State state;

    /** What tells one content of the file from the next. */
    private record Stamp(FileTime modified, long size, Optional<Object> key) {
        private static Stamp of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()));
        }
    }

    /**
     * What is known.
     *
     * @param stamp of the content that was read last, right or wrong; empty when it has to be read again
     * @param looked when the file was looked at last
     * @param complaint what the log was told, "" when all is well
     */
    private record State(AliasTable table, Optional<Stamp> stamp, Instant looked, String complaint) {}

    private AliasFile(Path file, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        Instant now = clock.instant();
        Stamp stamp = Stamp.of(file);
        this.state = new State(AliasTable.read(file), settled(stamp, now), now, "");
    }

    /**
     * Reads a file for the first time.
     *
     * @throws AliasFileException when it is wrong
     * @throws IOException when it cannot be read
     */
    public static AliasFile open(Path file, InstantSource clock) throws IOException {
        return new AliasFile(file, clock);
    }

    @Override
    public AliasTable table() {
        if (isDue(state) && lock.tryLock()) { // others need not wait: the old table is good enough for them
            try {
                if (isDue(state)) {
                    state = look(state);
                }
            } finally {
                lock.unlock();
            }
        }
        return state.table();
    }

    private boolean isDue(State now) {
        return Duration.between(now.looked(), clock.instant()).abs().compareTo(PAUSE) >= 0;
    }

    private State look(State old) {
        Instant now = clock.instant();
        Optional<Stamp> seen = Optional.empty();
        try {
            Stamp stamp = Stamp.of(file);
            if (old.stamp().equals(Optional.of(stamp))) {
                return new State(old.table(), old.stamp(), now, old.complaint());
            }
            seen = settled(stamp, now);
            AliasTable table = AliasTable.read(file);
            LOG.debug("{}: read, {} entries", file, table.size());
            return new State(table, seen, now, "");
        } catch (IOException e) {
            String complaint = e instanceof AliasFileException ? String.valueOf(e.getMessage()) : e.toString();
            if (!complaint.equals(old.complaint())) {
                LOG.warn("{}; the aliases read before still hold", complaint);
            }
            return new State(old.table(), seen, now, complaint);
        }
    }

    private static Optional<Stamp> settled(Stamp stamp, Instant now) {
        return stamp.modified().toInstant().isBefore(now.minus(UNSETTLED)) ? Optional.of(stamp) : Optional.empty();
    }
}
