package org.mailwright.smtp.mailbox.mbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.NullPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.mailbox.FinalCopy;

/**
 * One mail as it stands in an mbox file: its {@code From } line, the mail, an empty line.
 *
 * @param fromLine without line end
 * @param copy the mail
 */
record MboxMail(String fromLine, FinalCopy copy) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static MboxMail of(FinalCopy copy, Instant delivered) {
        return new MboxMail("From " + sender(copy.returnPath()) + " " + TIME.format(delivered), copy);
    }

    /** The sender in one word: readers look for the time behind the first blank. */
    private static String sender(ReversePath path) {
        return switch (path) {
            case NullPath none -> "MAILER-DAEMON";
            case Mailbox mailbox -> mailbox.toString().replace(' ', '-');
        };
    }

    void writeTo(FinalCopy.Target file) throws IOException {
        file.write(ByteBuffer.wrap((fromLine + "\n").getBytes(StandardCharsets.UTF_8)));
        MboxLines lines = new MboxLines(file);
        copy.writeTo(lines::write);
        lines.end();
    }
}
