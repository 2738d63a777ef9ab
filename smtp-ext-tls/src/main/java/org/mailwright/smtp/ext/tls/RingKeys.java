package org.mailwright.smtp.ext.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows the keys of a ring to an engine; an alias is the number of an entry. */
final class RingKeys extends X509ExtendedKeyManager {

    private final KeyRing ring;

    RingKeys(KeyRing ring) {
        this.ring = ring;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Optional<String> name =
                engine == null ? Optional.empty() : ServerIdentity.requested(engine.getHandshakeSession());
        return alias(ring.choose(keyType, name));
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        if (keyTypes == null) {
            return null;
        }
        for (String keyType : keyTypes) {
            OptionalInt found = ring.ofKind(keyType)
                    .filter(i -> isIssuedByOneOf(ring.entries().get(i), issuers))
                    .findFirst();
            if (found.isPresent()) {
                return alias(found);
            }
        }
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return ring.ofKind(keyType).mapToObj(Integer::toString).toArray(String[]::new);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        return alias == null ? null : entry(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        return alias == null ? null : entry(alias).key();
    }

    // sockets of the JDK are never used
    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private KeyEntry entry(String alias) {
        return ring.entries().get(Integer.parseInt(alias));
    }

    private static @Nullable String alias(OptionalInt index) {
        return index.isPresent() ? Integer.toString(index.getAsInt()) : null;
    }

    private static boolean isIssuedByOneOf(KeyEntry entry, Principal @Nullable [] issuers) {
        if (issuers == null || issuers.length == 0) {
            return true;
        }
        List<Principal> accepted = Arrays.asList(issuers);
        return entry.chain().stream().anyMatch(c -> accepted.contains(c.getIssuerX500Principal()));
    }
}
