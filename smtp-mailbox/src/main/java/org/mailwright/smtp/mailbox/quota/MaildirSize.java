package org.mailwright.smtp.mailbox.quota;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailwright.smtp.mailbox.quota.Quota.Usage;

/**
 * The file {@code maildirsize} of a Maildir++: in its first line the quota, then a line for each mail that came or
 * went, and their sum is what the mailbox holds. Dovecot and Courier keep the same file.
 *
 * <p>It is counted anew when it is missing, malformed, longer than {@value #LONGEST} octets or of another quota, and
 * when it says that the mailbox is full and is not fresh, for programs that know nothing of it may have removed mails.
 */
final class MaildirSize {
    static final int LONGEST = 5120;
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Pattern SIZE_IN_NAME = Pattern.compile(",S=([0-9]{1,18})(?=[,:]|$)");

    private final Path maildir;
    private final Quota quota;

    MaildirSize(Path maildir, Quota quota) {
        this.maildir = maildir;
        this.quota = quota;
    }

    /** Returns what the mailbox holds by its file, or by counting where the file does not tell. */
    Usage usage(Instant now, long moreOctets) throws IOException {
        Optional<Usage> known = read();
        if (known.isPresent() && (!quota.isExceededBy(known.get().plus(moreOctets, 1)) || fresh(now))) {
            return known.get();
        }
        return Files.isDirectory(maildir) ? count() : new Usage(0, 0);
    }

    /** Adds a line for one mail; does nothing when the file is not there, for it will be counted. */
    void add(long octets) throws IOException {
        try (FileChannel file = FileChannel.open(file(), StandardOpenOption.APPEND)) {
            writeAll(file, octets + " 1\n"); // one write: lines of several processes do not mix
        } catch (NoSuchFileException e) {
            count();
        }
    }

    private Path file() {
        return maildir.resolve("maildirsize");
    }

    private boolean fresh(Instant now) throws IOException {
        FileTime changed = Files.getLastModifiedTime(file());
        return changed.toInstant().isAfter(now.minus(FRESH));
    }

    private Optional<Usage> read() throws IOException {
        String text;
        try {
            if (Files.size(file()) > LONGEST) {
                return Optional.empty();
            }
            text = Files.readString(file(), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(firstLine())) {
            return Optional.empty();
        }
        Usage sum = new Usage(0, 0);
        try {
            for (int i = 1; i < lines.length - 1; i++) {
                String[] numbers = lines[i].strip().split(" +", -1);
                if (numbers.length != 2) {
                    return Optional.empty();
                }
                sum = sum.plus(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
            }
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        return sum.octets() < 0 || sum.messages() < 0 ? Optional.empty() : Optional.of(sum);
    }

    private String firstLine() {
        String octets = quota.octets() > 0 ? quota.octets() + "S" : "";
        String messages = quota.messages() > 0 ? quota.messages() + "C" : "";
        return octets.isEmpty() || messages.isEmpty() ? octets + messages : octets + "," + messages;
    }

    /** Counts the mails of all folders but the bin, and writes the file anew. */
    private Usage count() throws IOException {
        Usage sum = countFolder(maildir);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(maildir, ".*")) {
            for (Path folder : folders) {
                if (!String.valueOf(folder.getFileName()).equals(".Trash") && Files.isDirectory(folder)) {
                    Usage one = countFolder(folder);
                    sum = sum.plus(one.octets(), one.messages());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Path fresh = maildir.resolve("tmp").resolve("maildirsize." + UUID.randomUUID());
        try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(file, firstLine() + "\n" + sum.octets() + " " + sum.messages() + "\n");
        }
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return sum;
    }

    private static Usage countFolder(Path folder) throws IOException {
        Usage sum = new Usage(0, 0);
        for (String part : new String[] {"new", "cur"}) {
            if (!Files.isDirectory(folder.resolve(part))) {
                continue; // an empty mailbox need not have its folders yet
            }
            try (DirectoryStream<Path> mails = Files.newDirectoryStream(folder.resolve(part))) {
                for (Path mail : mails) {
                    Optional<Long> size = size(mail);
                    sum = sum.plus(size.orElse(0L), size.isPresent() ? 1 : 0);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return sum;
    }

    private static Optional<Long> size(Path mail) throws IOException {
        Matcher name = SIZE_IN_NAME.matcher(String.valueOf(mail.getFileName()));
        if (name.find()) {
            return Optional.of(Long.parseLong(name.group(1)));
        }
        try {
            return Optional.of(Files.size(mail));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // read or removed at this moment
        }
    }

    private static void writeAll(FileChannel file, String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (octets.hasRemaining()) {
            file.write(octets);
        }
    }
}
