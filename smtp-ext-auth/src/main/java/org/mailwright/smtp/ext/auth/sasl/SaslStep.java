package org.mailwright.smtp.ext.auth.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a server's mechanism answers to a response.
 *
 * @since 0.1.0
 */
public sealed interface SaslStep {

    /** Octets to send to the client, which answers them. */
    final class Challenge implements SaslStep {

        /** The challenge without octets. */
        public static final Challenge EMPTY = new Challenge(new byte[0]);

        private final byte[] data;

        private Challenge(byte[] data) {
            this.data = data;
        }

        /** A challenge of text, sent as UTF-8. */
        public static Challenge of(String text) {
            return new Challenge(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The octets, a copy. */
        public byte[] data() {
            return data.clone();
        }

        /** The challenge as text. */
        public String text() {
            return new String(data, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Challenge that && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Challenge[" + data.length + " octets]";
        }
    }

    /**
     * The client has proved who it is.
     *
     * @param authenticated whose credentials were shown
     * @param user as whom the client acts: the same, unless an {@link Authorizer} allowed another
     */
    record Success(Username authenticated, Username user) implements SaslStep {}

    /**
     * The attempt has failed.
     *
     * @param reason decides on the reply
     * @param detail for the log: never holds a secret, never reaches the client
     */
    record Failure(Reason reason, String detail) implements SaslStep {}

    /** The kinds of failure that a client is told apart. */
    enum Reason {
        /** The message breaks the grammar of the mechanism. */
        MALFORMED,
        /** Wrong name, wrong secret or an identity that is not the client's: never told apart. */
        CREDENTIALS
    }

    /** A failure for a message that breaks the grammar. */
    static Failure malformed(String detail) {
        return new Failure(Reason.MALFORMED, detail);
    }

    /** A failure for credentials that do not suffice. */
    static Failure denied(String detail) {
        return new Failure(Reason.CREDENTIALS, detail);
    }
}
