package org.mailwright.smtp.ext.policy;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs NO-SOLICITING and RRVS. Set the optional bindings of {@link NoSolicitingConfig}, to refuse anything, and of
 * {@link MailboxHistory}, to know anything.
 *
 * @since 0.1.0
 */
public final class PolicyModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), NoSolicitingConfig.class)
                .setDefault()
                .toInstance(NoSolicitingConfig.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), MailboxHistory.class)
                .setDefault()
                .toInstance(MailboxHistory.elsewhere());
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(NoSolicitingExtension.class);
        extensions.addBinding().to(RrvsExtension.class);
    }
}
