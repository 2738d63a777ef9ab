package org.mailwright.smtp.ext.tls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/**
 * What ties an authentication to the TLS connection it runs in: keying material, and the two channel bindings that
 * SCRAM-…-PLUS uses. Each is empty where it cannot be had; nothing is ever made up.
 *
 * @since 0.1.0
 */
public final class ChannelBindings {

    private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";
    private static final int EXPORTER_OCTETS = 32;
    private static final Optional<MethodHandle> EXPORT = exportOfJdk();

    private ChannelBindings() {}

    /**
     * Keying material of a finished handshake (RFC 5705, RFC 8446 §7.5), the same at both ends and nowhere else. The
     * JDK gives it since version 25; Bouncy Castle only during the handshake, so that it is empty there.
     *
     * @param engine of a finished handshake
     * @param label registered with IANA, such as {@code EXPORTER-Channel-Binding}
     * @param context may be empty
     * @param length in octets
     */
    public static Optional<byte[]> export(SSLEngine engine, String label, byte[] context, int length) {
        if (EXPORT.isEmpty() || !(engine.getSession() instanceof ExtendedSSLSession session)) {
            return Optional.empty();
        }
        try {
            return Optional.of((byte[]) EXPORT.get().invokeExact(session, label, context.clone(), length));
        } catch (SSLKeyException | UnsupportedOperationException | IllegalStateException e) {
            // the session has no exporter secret any more, or never had one
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("exportKeyingMaterialData has changed its signature", e);
        }
    }

    /** The binding {@code tls-exporter} (RFC 9266): 32 octets, for TLS 1.3, and for 1.2 with extended master secret. */
    public static Optional<byte[]> tlsExporter(SSLEngine engine) {
        return export(engine, EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS);
    }

    /**
     * The binding {@code tls-server-end-point} (RFC 5929 §4): the hash of the server's certificate. Empty for a
     * certificate whose signature names no hash, such as Ed25519: the RFC leaves that case open.
     */
    public static Optional<byte[]> serverEndPoint(SSLEngine engine) {
        SSLSession session = engine.getSession();
        Certificate[] chain;
        if (engine.getUseClientMode()) {
            try {
                chain = session.getPeerCertificates();
            } catch (SSLPeerUnverifiedException e) {
                return Optional.empty();
            }
        } else {
            chain = session.getLocalCertificates();
        }
        return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate server
                ? serverEndPoint(server)
                : Optional.empty();
    }

    static Optional<byte[]> serverEndPoint(X509Certificate server) {
        try {
            AlgorithmIdentifier signature = new JcaX509CertificateHolder(server).getSignatureAlgorithm();
            ASN1ObjectIdentifier algorithm = signature.getAlgorithm();
            if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519) || algorithm.equals(EdECObjectIdentifiers.id_Ed448)) {
                return Optional.empty();
            }
            AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
            if (digest == null) {
                return Optional.empty();
            }
            ASN1ObjectIdentifier name = digest.getAlgorithm();
            boolean weak = name.equals(PKCSObjectIdentifiers.md5) || name.equals(OIWObjectIdentifiers.idSHA1);
            String hash = (weak ? NISTObjectIdentifiers.id_sha256 : name).getId();
            return Optional.of(MessageDigest.getInstance(hash).digest(server.getEncoded()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<MethodHandle> exportOfJdk() {
        try {
            return Optional.of(MethodHandles.publicLookup()
                    .findVirtual(
                            ExtendedSSLSession.class,
                            "exportKeyingMaterialData",
                            MethodType.methodType(byte[].class, String.class, byte[].class, int.class)));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            // a JDK before 25
            return Optional.empty();
        }
    }
}
