package org.mailwright.smtp.mailbox;

import java.time.Instant;

/**
 * What makes one accepted mail this mail and no other.
 *
 * @param id an identifier that no other mail of this host has; it survives a restart and a second attempt
 * @param accepted when the mail was accepted: a property of the mail, not of the attempt
 * @since 0.1.0
 */
public record MessageKey(String id, Instant accepted) {

    /** A key; the identifier must not be empty. */
    public MessageKey {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("id: expected an identifier, found an empty one");
        }
    }

    /**
     * The file name of this mail in a mailbox: {@code SECONDS.HASH.HOST}, as Maildir readers know it, and the same each
     * time.
     */
    String fileName(LocalMailbox mailbox, String host) {
        String hash = PathNames.digest(id, mailbox.user(), mailbox.domain()).substring(0, 32);
        return accepted.getEpochSecond() + "." + hash + "." + host;
    }
}
