package org.mailwright.smtp.ext.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A value made of files, made anew when they change; a failed attempt leaves the old value in place. */
final class Reloadable<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Reloadable.class);

    /** Makes the value. */
    interface Loader<T> {
        /** Writes the files that are ours to write; the answer says when that is due again. */
        Instant prepare() throws TlsMaterialException;

        /** Reads the files. */
        T load() throws TlsMaterialException;
    }

    private record Stamp(Path file, Optional<Object> state) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        file,
                        Optional.of(List.of(seen.lastModifiedTime(), seen.size(), String.valueOf(seen.fileKey()))));
            } catch (IOException e) {
                return new Stamp(file, Optional.empty());
            }
        }
    }

    private final String what;
    private final List<Path> files;
    private final Loader<T> loader;
    private final Duration interval;
    private final InstantSource clock;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<Instant> nextLook;
    private volatile T current;
    private volatile List<Stamp> stamps;
    private volatile Instant renewal;

    Reloadable(String what, List<Path> files, Loader<T> loader, Duration interval, Surroundings around)
            throws TlsMaterialException {
        this.what = what;
        this.files = List.copyOf(files);
        this.loader = loader;
        this.interval = interval;
        this.clock = around.clock();
        this.executor = around.executor();
        this.renewal = loader.prepare();
        this.stamps = look();
        this.current = loader.load();
        this.nextLook = new AtomicReference<>(clock.instant().plus(interval));
    }

    /** The value as it is now; when a look at the files is due, it is taken elsewhere and this call does not wait. */
    T current() {
        Instant due = nextLook.get();
        Instant now = clock.instant();
        if (!interval.isZero() && !now.isBefore(due) && nextLook.compareAndSet(due, now.plus(interval))) {
            try {
                executor.execute(this::reloadIfChanged);
            } catch (RejectedExecutionException e) {
                LOG.debug("{}: not looked at, the server is stopping", what);
            }
        }
        return current;
    }

    /**
     * Reads the files now, changed or not.
     *
     * @throws TlsMaterialException if they cannot be used; the old value stays
     */
    void reload() throws TlsMaterialException {
        lock.lock();
        try {
            Instant due = loader.prepare();
            // taken before the files are read: what changes meanwhile is seen at the next look
            stamps = look();
            current = loader.load();
            renewal = due;
            LOG.info("{}: certificates and keys read anew", what);
        } finally {
            lock.unlock();
        }
    }

    private void reloadIfChanged() {
        if (Objects.equals(look(), stamps) && clock.instant().isBefore(renewal)) {
            return;
        }
        try {
            reload();
        } catch (TlsMaterialException e) {
            LOG.error("{}: changed files cannot be used, the old certificates stay: {}", what, e.getMessage());
        }
    }

    private List<Stamp> look() {
        return files.stream().map(Stamp::of).toList();
    }

    /**
     * What a reloadable value takes from outside.
     *
     * @param executor where files are read when they changed
     */
    record Surroundings(InstantSource clock, Executor executor) {}
}
