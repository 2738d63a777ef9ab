package org.mailwright.smtp.ext.content;

/**
 * The configuration of 8BITMIME.
 *
 * @param missing what a client does with 8-bit content where the peer does not offer 8BITMIME
 * @since 0.1.0
 */
public record EightBitMimeConfig(Missing missing) {

    /** Converts. */
    public static final EightBitMimeConfig DEFAULT = new EightBitMimeConfig(Missing.CONVERT);

    /** What happens to 8-bit content that the peer does not take. */
    public enum Missing {
        /** It becomes quoted-printable or base64; what cannot is refused. */
        CONVERT,
        /** It is refused with 554 5.6.3. */
        REFUSE,
        /** It is sent as it is: for peers that are known to pass it on. */
        SEND
    }
}
