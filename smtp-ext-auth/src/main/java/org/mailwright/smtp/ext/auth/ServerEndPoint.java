package org.mailwright.smtp.ext.auth;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The channel binding tls-server-end-point: the hash of a certificate (RFC 5929 section 4.1). */
final class ServerEndPoint {

    private static final Pattern HASH_OF_SIGNATURE = Pattern.compile("(MD5|SHA\\d+|SHA3-\\d+)WITH.*");

    private ServerEndPoint() {}

    /** The binding; empty where the signature names no single hash (Ed25519), for which the RFC defines none. */
    static Optional<byte[]> of(X509Certificate certificate) throws GeneralSecurityException {
        Optional<String> hash = hash(certificate);
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(MessageDigest.getInstance(hash.get()).digest(certificate.getEncoded()));
    }

    private static Optional<String> hash(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (signature.equals("RSASSA-PSS")) {
            return Optional.of(pssHash(certificate));
        }
        Matcher m = HASH_OF_SIGNATURE.matcher(signature);
        return m.matches() ? Optional.of(atLeastSha256(m.group(1))) : Optional.empty();
    }

    private static String pssHash(X509Certificate certificate) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
        try {
            parameters.init(certificate.getSigAlgParams());
        } catch (IOException e) {
            throw new GeneralSecurityException("parameters of the signature cannot be read", e);
        }
        return atLeastSha256(parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
    }

    /** MD5 and SHA-1 are replaced by SHA-256, as the RFC says; "SHA384" is called "SHA-384" by the JDK. */
    private static String atLeastSha256(String hash) {
        String plain = hash.toUpperCase(Locale.ROOT);
        if (plain.equals("MD5") || plain.equals("SHA1") || plain.equals("SHA-1")) {
            return "SHA-256";
        }
        return plain.matches("SHA\\d+") ? "SHA-" + plain.substring(3) : plain;
    }
}
