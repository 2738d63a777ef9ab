package org.mailwright.smtp.ext.auth;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.ext.auth.mechanism.CertificateMapper;
import org.mailwright.smtp.ext.auth.mechanism.TokenVerifier;
import org.mailwright.smtp.ext.auth.sasl.Authorizer;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.store.CredentialStore;
import org.mailwright.smtp.ext.auth.store.PasswordVerifier;

/**
 * Installs AUTH. Bind {@link CredentialStore} (a {@link org.mailwright.smtp.ext.auth.store.UserFile}, say), and where
 * they are wanted {@link AuthConfig}, {@link PasswordVerifier}, {@link TokenVerifier}, {@link CertificateMapper},
 * {@link Authorizer}; add to the set of {@link Mechanism}s for more.
 *
 * @since 0.1.0
 */
public final class AuthModule extends AbstractModule {

    /** A module that binds nothing of the caller's. */
    public AuthModule() {}

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), AuthConfig.class)
                .setDefault()
                .toInstance(AuthConfig.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), Authorizer.class)
                .setDefault()
                .toInstance(Authorizer.SELF_ONLY);
        OptionalBinder.newOptionalBinder(binder(), CertificateMapper.class)
                .setDefault()
                .toInstance(CertificateMapper.MAIL_ADDRESSES);
        OptionalBinder.newOptionalBinder(binder(), CredentialStore.class);
        OptionalBinder.newOptionalBinder(binder(), PasswordVerifier.class);
        OptionalBinder.newOptionalBinder(binder(), TokenVerifier.class);
        Multibinder.newSetBinder(binder(), Mechanism.class);
        Multibinder.newSetBinder(binder(), Extension.class).addBinding().to(AuthExtension.class);
    }

    @Provides
    @Singleton
    AuthExtension extension(AuthConfig config, UserSources sources, Set<Mechanism> more) {
        return new AuthExtension(config, sources, List.copyOf(more), new SecureRandom(), InstantSource.system());
    }

    @Provides
    UserSources sources(
            Optional<CredentialStore> store,
            Optional<PasswordVerifier> passwords,
            Optional<TokenVerifier> tokens,
            CertificateMapper certificates,
            Authorizer authorizer) {
        return new UserSources(store, passwords, tokens, certificates, authorizer);
    }
}
