package org.mailwright.smtp.ext.auth.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a client's mechanism answers to a challenge.
 *
 * @since 0.1.0
 */
public sealed interface ClientAnswer {

    /** Octets to send to the server; they may be a password. */
    final class Respond implements ClientAnswer {

        private final byte[] data;

        /** A response of octets, which are copied. */
        public Respond(byte[] data) {
            this.data = data.clone();
        }

        /** A response of text, sent as UTF-8. */
        public static Respond of(String text) {
            return new Respond(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The octets, a copy. */
        public byte[] data() {
            return data.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Respond that && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Respond[" + data.length + " octets]";
        }
    }

    /**
     * The challenge cannot be answered: the attempt is cancelled.
     *
     * @param reason what is wrong with the server, for the caller; holds no secret
     */
    record Abort(String reason) implements ClientAnswer {}
}
