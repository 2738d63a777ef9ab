package org.mailwright.smtp.distribution.control;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The socket of a server as a file that only its owner opens. Whoever holds the lock beside it may replace it, so that
 * a socket that a dead server left is told from that of a live one.
 *
 * @param file where it is
 * @param lock held as long as the server lives
 * @param channel listens
 */
record ControlSocket(Path file, FileChannel lock, ServerSocketChannel channel) implements Closeable {
    private static final int BACKLOG = 16;

    /** Octets of the path of a socket, on the system that allows least. */
    private static final int LONGEST = 103;

    /**
     * Makes the socket and listens.
     *
     * @throws BindException when a server that lives has it
     * @throws IOException when it cannot be made, such as for a path that is too long
     */
    static ControlSocket open(Path file) throws IOException {
        int octets = address(file).getPath().toString().getBytes(StandardCharsets.UTF_8).length;
        if (octets > LONGEST) {
            throw new IOException(file + ": the path of a socket has at most " + LONGEST + " octets, and this has "
                    + octets + "; a shorter data folder helps");
        }
        Path folder = folder(file);
        Files.createDirectories(folder);
        FileChannel lock = lock(file);
        try {
            clear(file);
            return new ControlSocket(file, lock, bind(file, folder));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel lock = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                mode(file, "rw-------"));
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException ignored) {
            // a server in this very process
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        lock.close();
        throw inUse(file);
    }

    private static BindException inUse(Path file) {
        return new BindException("a server is running with " + file);
    }

    /** Removes the socket of a dead server. What is no socket stays, and is an error. */
    private static void clear(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isOther()) {
            throw new FileAlreadyExistsException(file.toString(), null, "it is in the way of the control socket");
        }
        // a folder that is shared may have locks that other machines or file systems do not see
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            if (probe.connect(address(file))) {
                throw inUse(file);
            }
        } catch (BindException e) {
            throw e;
        } catch (SocketException ignored) {
            // nobody listens
        }
        Files.delete(file);
    }

    /** Binds within a folder that only we enter, and moves the socket out when its mode is right. */
    private static ServerSocketChannel bind(Path file, Path folder) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (mode(file, "rw-------").length == 0) {
                return channel.bind(address(file), BACKLOG);
            }
            Path hidden = folder.resolve(".control");
            Path socket = hidden.resolve("s");
            Files.deleteIfExists(socket);
            Files.deleteIfExists(hidden);
            Files.createDirectory(hidden, mode(file, "rwx------"));
            channel.bind(address(socket), BACKLOG);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Files.move(socket, file, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(hidden);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The address of a socket, relative to the working directory where that is shorter: the system bounds it. */
    static UnixDomainSocketAddress address(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = file.toAbsolutePath();
        return UnixDomainSocketAddress.of(whole.startsWith(here) ? here.relativize(whole) : whole);
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static FileAttribute<?>[] mode(Path file, String mode) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}
