package org.mailwright.smtp.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;

/**
 * One mail as a mailbox gets it: below the fields of its final delivery, Return-Path (RFC 5321 §4.4) and Delivered-To
 * (RFC 9228), and without a Return-Path that it had before.
 *
 * @param returnPath where reports go
 * @param deliveredTo the address that it is delivered for
 * @param content the mail
 * @since 0.1.0
 */
public record FinalCopy(ReversePath returnPath, String deliveredTo, Body content) {
    private static final int BUFFER = 16 * 1024;

    /** Checks that the address is one line. */
    public FinalCopy {
        if (deliveredTo.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("an address cannot hold a control character");
        }
    }

    /** Takes the octets of a mail. */
    @FunctionalInterface
    public interface Target {
        /**
         * Takes some octets.
         *
         * @param octets consumed to their limit; free for other use when this returns
         */
        void write(ByteBuffer octets) throws IOException;
    }

    /**
     * Writes the whole of it, lines as the content has them. May be done more than once, if the content allows it.
     *
     * @throws IOException when the content cannot be read, or the target says so
     */
    public void writeTo(Target target) throws IOException {
        String fields = "Return-Path: " + returnPath.path() + "\r\nDelivered-To: " + deliveredTo + "\r\n";
        target.write(ByteBuffer.wrap(fields.getBytes(StandardCharsets.UTF_8)));
        ReturnPathFilter filter = new ReturnPathFilter();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                target.write(filter.filter(ByteBuffer.wrap(buffer, 0, count)));
            }
        }
        target.write(filter.end());
    }
}
