package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.Host;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.PathTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The forward files of the users: UTF-8, addresses in lines or with commas between them, lines that begin with
 * {@code #} left out; a name without a domain is of the user's own domain.
 *
 * <p>A file counts only when it is the user's: a regular file and no link, of the owner of its folder or of root, and
 * writable by nobody else. One that is wrong in any way is logged, and the mail goes into the mailbox.
 *
 * @since 0.1.0
 */
public final class ForwardFiles implements Forwards {
    /** Most addresses of a file. */
    public static final int MOST_ADDRESSES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ForwardFiles.class);
    private static final int MOST_OCTETS = 64 * 1024;

    private final PathTemplate template;

    /**
     * Forward files.
     *
     * @param template the path of a user's file, such as {@code {domain}/{user}/forward}
     */
    public ForwardFiles(PathTemplate template) {
        this.template = template;
    }

    @Override
    public Optional<List<Mailbox>> of(LocalMailbox user) {
        Path file = template.resolve(user);
        try {
            if (!isThere(file)) {
                return Optional.empty();
            }
            List<Mailbox> addresses =
                    parse(file, TextFile.read(file, MOST_OCTETS, LinkOption.NOFOLLOW_LINKS), Host.parse(user.domain()));
            return addresses.isEmpty() ? Optional.empty() : Optional.of(addresses);
        } catch (AliasFileException e) {
            LOG.warn("{}; mail for {} goes into the mailbox", e.getMessage(), user);
        } catch (IOException e) {
            LOG.warn("{}; mail for {} goes into the mailbox", e.toString(), user);
        }
        return Optional.empty();
    }

    private static boolean isThere(Path file) throws IOException {
        Optional<Path> folder = Optional.ofNullable(file.getParent());
        if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
            return false; // no mail came yet, or the mailbox is a file
        }
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                throw new AliasFileException(file, 0, "expected a regular file, found another");
            }
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                checkOwner(file, folder.get());
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void checkOwner(Path file, Path folder) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean byRoot = attributes.owner().getName().equals("root");
        if (!byRoot && !attributes.owner().equals(Files.getOwner(folder))) {
            throw new AliasFileException(file, 0, "expected a file of the owner of its folder, found another's");
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new AliasFileException(file, 0, "expected a file that only its owner can write");
        }
    }

    private static List<Mailbox> parse(Path file, String text, Host domain) throws AliasFileException {
        List<Mailbox> addresses = new ArrayList<>();
        int line = 0;
        for (String row : text.split("\\R", -1)) {
            line++;
            String bare = row.strip();
            if (!bare.startsWith("#")) {
                try {
                    addresses.addAll(addresses(bare, domain));
                } catch (IllegalArgumentException e) {
                    throw new AliasFileException(file, line, String.valueOf(e.getMessage()));
                }
            }
            if (addresses.size() > MOST_ADDRESSES) {
                throw new AliasFileException(file, line, "expected at most " + MOST_ADDRESSES + " addresses");
            }
        }
        return addresses;
    }

    private static List<Mailbox> addresses(String line, Host domain) {
        return AddressText.items(line).stream()
                .map(item -> AddressText.mailbox(item, domain))
                .toList();
    }
}
