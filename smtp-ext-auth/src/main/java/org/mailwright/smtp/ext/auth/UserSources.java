package org.mailwright.smtp.ext.auth;

import java.util.Optional;
import org.mailwright.smtp.ext.auth.mechanism.CertificateMapper;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.store.CredentialStore;
import org.mailwright.smtp.ext.auth.store.PasswordVerifier;

/**
 * What a server knows its users by. Only the mechanisms whose source is there can be offered.
 *
 * @param store hashes and keys, for PLAIN, LOGIN and SCRAM; one that is a
 *     {@link org.mailwright.smtp.ext.auth.store.ClearSecretStore} also for CRAM-MD5
 * @param passwords checks passwords for PLAIN and LOGIN in place of the store, for instance by LDAP
 * @param tokens judges bearer tokens, for OAUTHBEARER and XOAUTH2
 * @param certificates says whose a client certificate is, for EXTERNAL
 * @param authorizer says as whom a user may act
 * @since 0.1.0
 */
public record UserSources(
        Optional<CredentialStore> store,
        Optional<PasswordVerifier> passwords,
        Optional<TokenVerifier> tokens,
        CertificateMapper certificates,
        Authorizer authorizer) {

    /** No users at all: a server offers nothing, a client is not affected. */
    public static final UserSources NONE = new UserSources(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            CertificateMapper.MAIL_ADDRESSES,
            Authorizer.SELF_ONLY);

    /** The users of a store, each acting as himself. */
    public static UserSources of(CredentialStore store) {
        return new UserSources(Optional.of(store), NONE.passwords, NONE.tokens, NONE.certificates, NONE.authorizer);
    }

    /** A copy that checks passwords elsewhere. */
    public UserSources withPasswords(PasswordVerifier verifier) {
        return new UserSources(store, Optional.of(verifier), tokens, certificates, authorizer);
    }

    /** A copy that takes bearer tokens. */
    public UserSources withTokens(TokenVerifier verifier) {
        return new UserSources(store, passwords, Optional.of(verifier), certificates, authorizer);
    }
}
