package org.mailwright.smtp.ext.auth.mechanism;

import java.security.SecureRandom;
import java.util.Base64;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.scram.ScramHash;
import org.mailwright.smtp.ext.auth.store.CredentialStore;
import org.mailwright.smtp.ext.auth.store.Decoys;

/**
 * SCRAM (RFC 5802, RFC 7677), with and without channel binding: the password is never sent, the server keeps none, and
 * both sides prove that they know it.
 *
 * @since 0.1.0
 */
public final class ScramMechanism implements Mechanism {

    private final ScramHash hash;
    private final boolean plus;
    private final CredentialStore store;
    private final Decoys decoys;
    private final Authorizer authorizer;
    private final SecureRandom random;

    /**
     * SCRAM over a store of keys.
     *
     * @param plus whether this is the form with channel binding
     * @param decoys what is shown for users who have no keys
     */
    public ScramMechanism(
            ScramHash hash,
            boolean plus,
            CredentialStore store,
            Decoys decoys,
            Authorizer authorizer,
            SecureRandom random) {
        this.hash = hash;
        this.plus = plus;
        this.store = store;
        this.decoys = decoys;
        this.authorizer = authorizer;
        this.random = random;
    }

    @Override
    public String name() {
        return plus ? hash.plusMechanism() : hash.mechanism();
    }

    @Override
    public boolean plainText() {
        return false;
    }

    @Override
    public boolean initialResponse() {
        return true;
    }

    @Override
    public boolean usable(SecureChannel channel) {
        return !plus || channel.preferredBinding().isPresent();
    }

    @Override
    public ServerExchange start(SaslContext context) {
        ScramLookup lookup = new ScramLookup(hash, store, decoys);
        return new ScramExchange(lookup, plus, authorizer, context, nonce());
    }

    /** 18 random octets in base64, which has no comma. */
    private String nonce() {
        byte[] octets = new byte[18];
        random.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
