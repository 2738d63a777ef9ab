package org.mailwright.smtp.ext.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Set;

/** A private key with the chain that belongs to it, the end entity's certificate first. */
record KeyEntry(Path source, PrivateKey key, List<X509Certificate> chain, Set<String> names) {

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Whether one of the certificate's names is this one, exactly. */
    boolean isNamed(String host) {
        return names.contains(host);
    }

    /** Whether a wildcard of the certificate covers this name. */
    boolean covers(String host) {
        return names.stream().anyMatch(name -> ServerIdentity.matchesDns(name, host));
    }

    /**
     * Whether the key is of the kind that an engine asks for. SunJSSE asks for {@code EC}, {@code RSA},
     * {@code RSASSA-PSS}, {@code EdDSA}; BCJSSE for {@code EC/secp256r1}, {@code Ed25519}, {@code ECDHE_RSA} and so on.
     */
    boolean suits(String asked) {
        PublicKey mine = certificate().getPublicKey();
        String algorithm = mine.getAlgorithm();
        if (asked.startsWith("EC/")) {
            return mine instanceof ECPublicKey ec && onCurve(ec, asked.substring("EC/".length()));
        }
        return switch (asked) {
            case "EC", "ECDHE_ECDSA" -> algorithm.equals("EC") || algorithm.equals("ECDSA");
            case "RSA", "ECDHE_RSA" -> algorithm.equals("RSA");
            case "EdDSA" -> algorithm.startsWith("Ed");
            default -> algorithm.equals(asked);
        };
    }

    private static boolean onCurve(ECPublicKey key, String name) {
        int bits = key.getParams().getCurve().getField().getFieldSize();
        return name.equals("secp" + bits + "r1");
    }

    /** The names alone: a key never shows itself. */
    @Override
    public String toString() {
        return "KeyEntry[source=" + source + ", names=" + names + "]";
    }
}
