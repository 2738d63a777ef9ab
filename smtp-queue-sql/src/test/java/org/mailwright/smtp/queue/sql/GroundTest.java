package org.mailwright.smtp.queue.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.queue.QueueFullException;

class GroundTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nfs",
                "nfs4",
                "NFS",
                "cifs",
                "smb2",
                "smb3",
                "afs",
                "lustre",
                "beegfs",
                "beegfs_nodev",
                "gpfs",
                "virtiofs",
                "vboxsf",
                "ceph",
                "fuse.ceph",
                "glusterfs",
                "fuse.glusterfs",
                "fuse.sshfs",
                "fuse.rclone",
                "fuse.s3fs",
                "davfs",
                "fuse.davfs",
                "fuse.davfs2",
                "9p",
                "ncpfs",
                "orangefs",
                "fuse.juicefs",
                "fuse.vmhgfs-fuse"
            })
    void whatLiesOnANetworkIsKnownByItsName(String type) {
        assertTrue(NetworkFileSystems.include(type), type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext4",
                "xfs",
                "btrfs",
                "zfs",
                "f2fs",
                "tmpfs",
                "overlay",
                "overlayfs",
                "fuseblk",
                "fuse",
                "apfs",
                "NTFS",
                "ext3",
                "bcachefs",
                "fuse.bindfs",
                "fuse.mergerfs",
                "fuse.gocryptfs",
                "ufs"
            })
    void whatIsLocalIsTaken(String type) {
        assertFalse(NetworkFileSystems.include(type), type);
    }

    /** A medium with as much room as a test says. */
    private static final class Medium extends FileStore {

        private final long usable;

        Medium(long usable) {
            this.usable = usable;
        }

        @Override
        public String name() {
            return "medium";
        }

        @Override
        public String type() {
            return "ext4";
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public long getTotalSpace() {
            return 1L << 40;
        }

        @Override
        public long getUsableSpace() throws IOException {
            if (usable < 0) {
                throw new IOException("gone");
            }
            return usable;
        }

        @Override
        public long getUnallocatedSpace() {
            return usable;
        }

        @Override
        public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
            return false;
        }

        @Override
        public boolean supportsFileAttributeView(String name) {
            return false;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as it is inherited
        public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object getAttribute(String attribute) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, 999999999999, true",
        "Disk quota exceeded, 999999999999, true",
        "Auf dem Gerät ist kein Speicherplatz mehr verfügbar, 0, true",
        "Не осталось свободного места, 67108863, true",
        "Input/output error, 67108864, false",
        "Input/output error, -1, false",
    })
    void aFullMediumIsKnownInEveryLanguage(String text, long usable, boolean full) throws IOException {
        IOException failure = new IOException(text);
        try (Ground ground = new Ground(new Medium(usable), 64 << 20, channel())) {
            IOException judged = ground.judged(failure);
            if (full) {
                assertInstanceOf(QueueFullException.class, judged);
                assertSame(failure, judged.getCause());
            } else {
                assertSame(failure, judged);
            }
            assertEquals(full ? Optional.of("the medium is full") : Optional.empty(), ground.pressure());
        }
    }

    @Test
    void withoutAReserveAFullMediumIsKnownAsWell() throws IOException {
        try (Ground ground = new Ground(new Medium(4095), 0, channel())) {
            assertInstanceOf(QueueFullException.class, ground.judged(new IOException("plein")));
        }
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    @Test
    void missingFoldersAreMadeForTheirOwnerAlone() throws IOException {
        Path deep = folder.resolve("a/b/queue");
        Ground.take(deep, 0).close();
        assertTrue(Files.isRegularFile(deep.resolve("lock")), "there");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)));
    }
}
