package org.mailwright.smtp.ext.policy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.mailwright.smtp.core.address.Mailbox;

/**
 * Finds the purported responsible address of a mail as it streams by (RFC 4407 §2): of the last who sent it again, else
 * of its sender, else of its author.
 */
final class ResponsibleAddress {

    private final HeaderFields fields = new HeaderFields(
            List.of("resent-sender", "resent-from", "received", "return-path", "sender", "from"), this::take);
    private Optional<String> resentSender = Optional.empty();
    private Optional<String> resentFrom = Optional.empty();
    private Optional<String> sender = Optional.empty();
    private Optional<String> from = Optional.empty();
    private boolean traceBehindResentFrom;
    private boolean resentSenderSeen;
    private int senders;
    private int authors;

    /** Reads on; the position of the buffer stays. */
    void read(ByteBuffer octets) {
        fields.read(octets);
    }

    /** Tells whether the header is over. */
    boolean ended() {
        return fields.ended();
    }

    /** Returns the address once the header is over; empty when the mail is ill-formed. */
    Optional<Mailbox> end() {
        fields.end();
        Optional<String> field = resentSender
                .or(() -> resentFrom)
                .or(() -> senders > 0 ? sender.filter(value -> senders == 1) : from.filter(value -> authors == 1));
        return field.flatMap(FieldMailbox::read);
    }

    private void take(String name, String value) {
        boolean trace = name.equals("received") || name.equals("return-path");
        if (trace) {
            traceBehindResentFrom |= resentFrom.isPresent();
        }
        if (trace || value.isEmpty()) {
            return;
        }
        switch (name) {
            case "resent-sender" -> {
                // One behind trace fields belongs to a resending before that of the Resent-From above them.
                if (!resentSenderSeen && !traceBehindResentFrom) {
                    resentSender = Optional.of(value);
                }
                resentSenderSeen = true;
            }
            case "resent-from" -> resentFrom = resentFrom.or(() -> Optional.of(value));
            case "sender" -> {
                sender = Optional.of(value);
                senders++;
            }
            default -> {
                from = Optional.of(value);
                authors++;
            }
        }
    }
}
