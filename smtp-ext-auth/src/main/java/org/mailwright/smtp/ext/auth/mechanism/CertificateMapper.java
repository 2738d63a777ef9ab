package org.mailwright.smtp.ext.auth.mechanism;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.mailwright.smtp.ext.auth.sasl.Username;

/**
 * Says which users a client certificate stands for.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CertificateMapper {

    /** The mail addresses that the certificate names, in its order (RFC 5280 section 4.2.1.6, rfc822Name). */
    CertificateMapper MAIL_ADDRESSES = new MailAddressMapper();

    /**
     * The users of a certificate: the first is meant when the client asks for none; an empty list is a refusal.
     *
     * @param chain the verified certificates, the client's own first; never empty
     * @throws IOException when that cannot be said now: the client is told to try again later
     */
    List<Username> users(List<X509Certificate> chain) throws IOException;
}
