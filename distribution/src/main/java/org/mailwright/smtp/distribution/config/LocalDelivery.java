package org.mailwright.smtp.distribution.config;

import org.mailwright.smtp.gateway.pipe.PipeConfig;
import org.mailwright.smtp.mailbox.lmtp.LmtpServer;

/**
 * Where mail for the local domains ends.
 *
 * @since 0.1.0
 */
public sealed interface LocalDelivery {
    /** What a configuration may say. */
    String EXPECTED =
            "\"maildir\", \"mbox\", \"lmtp:HOST:PORT\", \"lmtp:/PATH\", \"" + PipeCommand.FORM + "\" or \"discard\"";

    /** In a Maildir per user. */
    record Maildir() implements LocalDelivery {}

    /** In an mbox file per user. */
    record Mbox() implements LocalDelivery {}

    /** At an LMTP server. */
    record Lmtp(LmtpServer server) implements LocalDelivery {}

    /** In a program, which is told the user. */
    record Pipe(PipeConfig program) implements LocalDelivery {}

    /** Nowhere: it is counted. */
    record Discard() implements LocalDelivery {}

    /**
     * Reads what a configuration says.
     *
     * @throws IllegalArgumentException when it is none of them; with a message when it is nearly one
     */
    static LocalDelivery parse(String text) {
        return switch (text) {
            case "maildir" -> new Maildir();
            case "mbox" -> new Mbox();
            case "discard" -> new Discard();
            default -> {
                if (text.startsWith(PipeCommand.PREFIX)) {
                    yield new Pipe(PipeCommand.parse(text));
                }
                if (!text.startsWith("lmtp:")) {
                    throw new IllegalArgumentException("");
                }
                yield new Lmtp(LmtpServer.parse(text.substring("lmtp:".length())));
            }
        };
    }
}
