package org.mailwright.smtp.ext.auth.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The formula of CRAM-MD5 (RFC 2195 section 2), which both sides compute.
 *
 * @since 0.1.0
 */
public final class CramMd5 {

    /** How many hexadecimal digits an answer ends with. */
    public static final int DIGITS = 32;

    private CramMd5() {}

    /** The keyed digest of a challenge, in lower-case hexadecimal digits. */
    public static String digest(Secret password, String challenge) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(password.octets(), "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HmacMD5", e);
        }
    }
}
