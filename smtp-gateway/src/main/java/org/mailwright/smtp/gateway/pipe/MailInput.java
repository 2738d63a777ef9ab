package org.mailwright.smtp.gateway.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.gateway.pipe.PipeConfig.LineEnds;

/** What a program reads: some fields, and the mail below them. */
record MailInput(String fields, Body content, LineEnds lineEnds, BooleanSupplier stillOurs) {
    private static final int BUFFER = 16 * 1024;

    /** How far the writing came. */
    enum Written {
        /** All of it, and its end. */
        WHOLE,
        /** The program would not read on. */
        LEFT,
        /** The content cannot be read. */
        UNREADABLE,
        /** Another node may be delivering it. */
        NOT_OURS
    }

    /**
     * Writes all of it and closes the stream. When the content fails, or the mail is not ours any more, the stream
     * stays open: the program must not see an end that is none.
     */
    Written writeTo(OutputStream standardInput) {
        Lines lines = new Lines(standardInput, lineEnds);
        byte[] above = fields.getBytes(StandardCharsets.UTF_8);
        lines.write(above, above.length);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content.open()) {
            int count = in.read(buffer);
            while (count >= 0 && !lines.broken) {
                lines.write(buffer, count);
                count = in.read(buffer);
            }
        } catch (IOException unreadable) {
            return Written.UNREADABLE;
        }
        if (!lines.broken && !stillOurs.getAsBoolean()) {
            return Written.NOT_OURS;
        }
        lines.end();
        return lines.broken ? Written.LEFT : Written.WHOLE;
    }

    /** Writes octets with the line ends that are wanted, until the program reads no more. */
    private static final class Lines {
        private final OutputStream out;
        private final LineEnds ends;
        private boolean heldCr;
        private boolean broken;

        Lines(OutputStream out, LineEnds ends) {
            this.out = out;
            this.ends = ends;
        }

        void write(byte[] octets, int count) {
            switch (ends) {
                case CRLF -> put(octets, count);
                case LF -> {
                    byte[] converted = new byte[count + 1];
                    int length = 0;
                    for (int i = 0; i < count; i++) {
                        if (heldCr && octets[i] != '\n') {
                            converted[length++] = '\r'; // it was no line end
                        }
                        heldCr = octets[i] == '\r';
                        if (!heldCr) {
                            converted[length++] = octets[i];
                        }
                    }
                    put(converted, length);
                }
            }
        }

        void end() {
            if (heldCr) {
                put(new byte[] {'\r'}, 1);
            }
            try {
                out.close();
            } catch (IOException gone) {
                broken = true;
            }
        }

        private void put(byte[] octets, int count) {
            if (broken) {
                return;
            }
            try {
                out.write(octets, 0, count);
            } catch (IOException gone) {
                broken = true;
            }
        }
    }
}
