package org.mailwright.smtp.ext.tls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;

/**
 * Keying material of a finished handshake (RFC 5705, RFC 8446 §7.5). SunJSSE gives it since JDK 25, whose method is
 * looked up because this code is compiled for 21. BCJSSE has the secret only while it ends a handshake, and calls
 * nobody then: there it is always empty.
 */
final class KeyingMaterial {

    private static final Optional<MethodHandle> EXPORT = exportOfJdk();

    private KeyingMaterial() {}

    static Optional<byte[]> export(SSLSession session, String label, byte[] context, int length) {
        if (EXPORT.isEmpty() || !(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            return Optional.of((byte[]) EXPORT.get().invokeExact(extended, label, context.clone(), length));
        } catch (SSLKeyException | UnsupportedOperationException | IllegalStateException e) {
            // this session has no exporter secret
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("exportKeyingMaterialData throws what it does not declare", e);
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
