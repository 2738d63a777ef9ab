package org.mailwright.smtp.gateway.pipe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.Postmaster;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.queue.Message;

/** What a program is told of one recipient and of the sender. */
record PipeAddress(ForwardPath recipient, ReversePath sender, PipeConfig config) {
    private static final Reply UNWRITABLE =
            Reply.of(550, "5.6.7", "The address cannot be written in the character set of this system");
    private static final Reply OPTION = Reply.of(550, "5.1.3", "The program would take the address for an option");
    private static final Reply SENDER_OPTION =
            Reply.of(550, "5.1.7", "The program would take the address of the sender for an option");
    private static final String DELIVERED_TO = "delivered-to:";
    private static final int LONGEST_HEADER = 1024 * 1024;

    /** Returns the reply for an address that would be an option. */
    static Reply option(boolean ofSender) {
        return ofSender ? SENDER_OPTION : OPTION;
    }

    /** Returns the reply when an argument would reach the program as something else. */
    static Optional<Reply> unwritable(String argument) {
        // what the JDK encodes arguments with; it would put "?" for what does not fit
        String name = System.getProperty("sun.jnu.encoding", "US-ASCII");
        boolean fits = Charset.forName(name).newEncoder().canEncode(argument);
        return fits ? Optional.empty() : Optional.of(UNWRITABLE);
    }

    /** Returns the values of the placeholders. */
    Map<String, String> values(Message message) {
        String local = switch (recipient) {
            case Mailbox mailbox -> mailbox.localPart().content();
            case Postmaster bare -> "postmaster";
        };
        String domain = switch (recipient) {
            case Mailbox mailbox -> mailbox.host().toString();
            case Postmaster bare -> config.domain();
        };
        int at = config.delimiter().isEmpty() ? -1 : local.indexOf(config.delimiter(), 1);
        return Map.of(
                "sender",
                switch (sender) {
                    case Mailbox mailbox -> mailbox.toString();
                    case NullPath none -> config.nullSender();
                },
                "recipient",
                address(),
                "user",
                at < 0 ? local : local.substring(0, at),
                "detail",
                at < 0 ? "" : local.substring(at + config.delimiter().length()),
                "domain",
                domain,
                "id",
                message.id(),
                "size",
                Long.toString(message.size()));
    }

    private String address() {
        return switch (recipient) {
            case Mailbox mailbox -> mailbox.toString();
            case Postmaster bare -> "postmaster@" + config.domain();
        };
    }

    /** Returns the fields above the mail. */
    String fields() {
        String returnPath = config.returnPath() ? "Return-Path: " + sender.path() + "\r\n" : "";
        return config.deliveredTo() ? returnPath + "Delivered-To: " + address() + "\r\n" : returnPath;
    }

    /** Tells whether a mail was delivered for this address before, by its first MiB. */
    boolean deliveredBefore(Body content) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new HeaderStream(content.open(), LONGEST_HEADER), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                if (line.regionMatches(true, 0, DELIVERED_TO, 0, DELIVERED_TO.length())
                        && normal(line.substring(DELIVERED_TO.length())).equals(normal(address()))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String normal(String address) {
        String bare = address.strip();
        boolean bracketed = bare.startsWith("<") && bare.endsWith(">");
        return (bracketed ? bare.substring(1, bare.length() - 1) : bare).toLowerCase(Locale.ROOT);
    }
}
