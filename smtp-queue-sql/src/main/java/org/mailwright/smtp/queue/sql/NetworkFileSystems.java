package org.mailwright.smtp.queue.sql;

import java.util.Locale;
import java.util.Set;

/**
 * Knows file systems that another machine keeps, by the names that kernels give them. They lose locks, or what was
 * forced, when the other machine or the way to it fails. Disks that are merely attached from afar are none of them.
 */
final class NetworkFileSystems {

    private static final String FUSE = "fuse.";

    /** With or without {@code fuse.} before them: most have been written both ways. */
    private static final Set<String> NAMES = Set.of(
            // NFS, SMB and their like
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "smbnetfs",
            "afpfs",
            "afs",
            "auristorfs",
            "coda",
            "ncp",
            "ncpfs",
            // spread over many machines
            "lustre",
            "beegfs",
            "beegfs_nodev",
            "gpfs",
            "mmfs",
            "ceph",
            "ceph-fuse",
            "glusterfs",
            "pvfs2",
            "orangefs",
            "panfs",
            "moosefs",
            "mfs",
            "lizardfs",
            "saunafs",
            "seaweedfs",
            "juicefs",
            "quobyte",
            "weka",
            "wekafs",
            "hdfs",
            // the host of a virtual machine, or of a container
            "9p",
            "virtiofs",
            "virtio-fs",
            "vboxsf",
            "vmhgfs",
            "vmhgfs-fuse",
            "prl_fs",
            "osxfs",
            "grpcfuse",
            "fakeowner",
            // object stores, WebDAV, FTP and SSH as if they were disks
            "sshfs",
            "rclone",
            "davfs",
            "davfs2",
            "webdav",
            "webdavfs",
            "curlftpfs",
            "s3fs",
            "goofys",
            "geesefs",
            "mountpoint-s3",
            "gcsfuse",
            "blobfuse",
            "blobfuse2",
            "gvfsd-fuse",
            "google-drive-ocamlfuse",
            "onedriver");

    private NetworkFileSystems() {}

    /**
     * Judges a name.
     *
     * @param type as {@link java.nio.file.FileStore#type} tells it
     */
    static boolean include(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return NAMES.contains(name.startsWith(FUSE) ? name.substring(FUSE.length()) : name);
    }
}
