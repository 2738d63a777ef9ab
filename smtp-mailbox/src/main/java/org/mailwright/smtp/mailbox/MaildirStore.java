package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The Maildir mailboxes of all local users.
 *
 * <p>A mailbox is made with its first mail. Files belong to the user that runs the server and are readable by no other.
 * Lines end with LF in the files, as Maildir readers expect. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MaildirStore {
    private final PathTemplate template;
    private final String host;
    private final Disk disk;

    /**
     * A store.
     *
     * @param template where the mailboxes are
     * @param host this host's name; becomes part of the file names
     */
    public MaildirStore(PathTemplate template, String host) {
        this(template, host, new Disk());
    }

    MaildirStore(PathTemplate template, String host, Disk disk) {
        this.template = template;
        this.host = PathNames.component(host);
        this.disk = disk;
    }

    /**
     * Begins a mail. It is written once, into the {@code tmp/} of the first mailbox.
     *
     * @param key which mail this is
     * @param first one of the mailboxes that it will be delivered to
     * @throws MailboxException when the file cannot be made
     */
    public MailDrop open(MessageKey key, LocalMailbox first) throws MailboxException {
        try {
            return MailDrop.open(this, key, first);
        } catch (IOException e) {
            throw new MailboxException("cannot begin a mail to " + first, e);
        }
    }

    /**
     * Tells whether a mailbox has a mail already, read or unread. Looks through the whole mailbox.
     *
     * @throws IOException when it cannot be looked into
     */
    public boolean holds(MessageKey key, LocalMailbox mailbox) throws IOException {
        return maildir(mailbox).has(fileName(key, mailbox));
    }

    /** Returns the folder of a mailbox, which need not be there yet. */
    public Path folder(LocalMailbox mailbox) {
        return template.resolve(mailbox);
    }

    Maildir maildir(LocalMailbox mailbox) {
        return new Maildir(template.resolve(mailbox), disk);
    }

    String fileName(MessageKey key, LocalMailbox mailbox) {
        return key.fileName(mailbox, host);
    }

    Disk disk() {
        return disk;
    }
}
