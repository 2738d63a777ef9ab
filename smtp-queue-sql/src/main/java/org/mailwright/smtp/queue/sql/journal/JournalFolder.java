package org.mailwright.smtp.queue.sql.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a {@link Journal}: {@code NUMBER.journal}, {@code NUMBER.spare} to be used again, and
 * {@code NUMBER.damaged}, which stays until somebody has looked at it and removes it.
 */
final class JournalFolder implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.(journal|spare|damaged)");

    private final Path folder;
    private final JournalConfig config;
    private final Blocks blocks;
    private final Readers readers;
    private final List<Long> found = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<Long> complete = new TreeSet<>();
    private final Set<Long> damaged = new HashSet<>();
    private final Deque<Path> spares = new ArrayDeque<>();
    /** A write has failed, perhaps since the file system cannot do what it had promised. */
    private boolean failed;

    private Optional<Segment> writing = Optional.empty();
    private long last;

    private JournalFolder(Path folder, JournalConfig config, Blocks blocks) {
        this.folder = folder;
        this.config = config;
        this.blocks = blocks;
        this.readers = new Readers(this::path, blocks, config);
    }

    static JournalFolder open(Path folder, JournalConfig config) throws IOException {
        Folders.make(folder);
        JournalFolder opened = new JournalFolder(folder, config, Blocks.of(folder));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                opened.add(file);
            }
        }
        opened.found.addAll(opened.complete);
        return opened;
    }

    private void add(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            LOG.warn("{} does not belong into the folder of a journal", file);
            return;
        }
        long number = Long.parseLong(name.group(1));
        last = Math.max(last, number);
        switch (name.group(2)) {
            case "journal" -> complete.add(number);
            case "spare" -> spares.add(file);
            default -> {
                damaged.add(number);
                LOG.warn("{} holds a damaged part of the journal: look at it, and remove it", file);
            }
        }
    }

    Blocks blocks() {
        return blocks;
    }

    /** The segments that were there when it was opened, in order. */
    List<Long> found() {
        return found;
    }

    List<Long> complete() {
        lock.lock();
        try {
            return List.copyOf(complete);
        } finally {
            lock.unlock();
        }
    }

    /** Begins a segment; the one before is complete. Its name is on the medium when this returns. */
    Segment next() throws IOException {
        lock.lock();
        try {
            finish();
            long number = last + 1;
            Path file = path(number);
            Path spare = spares.poll();
            if (spare != null) {
                Files.move(spare, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Segment segment = Segment.create(number, file, failed ? blocks.buffered() : blocks);
            failed = false;
            last = number;
            writing = Optional.of(segment);
            Folders.force(folder);
            return segment;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a segment in which a write has failed; what was acknowledged of it stays. */
    void retire(Segment segment) {
        lock.lock();
        try {
            failed = true;
            finish();
        } catch (IOException e) {
            LOG.warn("{} cannot be closed: {}", segment.file(), e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void finish() throws IOException {
        if (writing.isPresent()) {
            Segment ended = writing.get();
            writing = Optional.empty();
            complete.add(ended.number());
            ended.close();
        }
    }

    Readers readers() {
        return readers;
    }

    void remove(long number) throws IOException {
        lock.lock();
        try {
            if (!complete.remove(number)) {
                throw new IllegalArgumentException("segment " + number + " is not complete, or is not there");
            }
            readers.close(number);
            Path file = path(number);
            if (damaged.contains(number)) {
                putAside(file, damaged(number));
            } else if (spares.size() < config.spares() && Files.size(file) <= blocks.ceiling(config.segmentSize())) {
                Path spare = folder.resolve(number + ".spare");
                Files.move(file, spare, StandardCopyOption.ATOMIC_MOVE);
                spares.add(spare);
            } else {
                Files.delete(file);
            }
            readers.close(number); // who came late has opened it again
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a damaged segment a second name, under which it stays when it is removed.
     *
     * @return that name
     */
    Path keep(long number) {
        lock.lock();
        try {
            Path kept = damaged(number);
            if (damaged.add(number)) {
                name(path(number), kept);
            }
            return kept;
        } finally {
            lock.unlock();
        }
    }

    private void name(Path file, Path kept) {
        try {
            try {
                Files.createLink(kept, file);
            } catch (UnsupportedOperationException | IOException e) {
                LOG.debug("{} can have no second name; an empty file stands for it", file, e);
                Files.createFile(kept);
            }
            Folders.force(folder);
        } catch (IOException e) {
            LOG.error("{} is damaged, and only until the end of this process it is sure to be kept", file, e);
        }
    }

    /** The octets have that name already, or an empty file has it for them. */
    private static void putAside(Path file, Path kept) throws IOException {
        if (Files.exists(kept) && Files.size(kept) > 0) {
            Files.delete(file);
        } else {
            Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path damaged(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%018d.damaged", number));
    }

    private Path path(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%018d.journal", number));
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            finish();
            readers.close();
        } finally {
            lock.unlock();
        }
    }
}
