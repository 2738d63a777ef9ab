package org.mailwright.smtp.ext.auth.mechanism;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mailwright.smtp.ext.auth.sasl.Username;

/** Takes the rfc822Names of the certificate; the subject's own text is never looked at. */
final class MailAddressMapper implements CertificateMapper {

    private static final Integer RFC822_NAME = 1;

    @Override
    public List<Username> users(List<X509Certificate> chain) {
        return names(chain.get(0)).stream()
                .filter(name -> name.size() == 2 && RFC822_NAME.equals(name.get(0)))
                .map(name -> Username.parse(String.valueOf(name.get(1))))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
