package org.mailwright.smtp.ext.policy;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs NO-SOLICITING, RRVS and SUBMITTER. Set the optional bindings of {@link NoSolicitingConfig} and
 * {@link SubmitterPolicy}, to refuse anything, and of {@link MailboxHistory}, to know anything.
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
        OptionalBinder.newOptionalBinder(binder(), SubmitterPolicy.class)
                .setDefault()
                .toInstance(SubmitterPolicy.anybody());
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(NoSolicitingExtension.class);
        extensions.addBinding().to(RrvsExtension.class);
        extensions.addBinding().to(SubmitterExtension.class);
    }
}
