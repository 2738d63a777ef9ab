package org.mailwright.smtp.ext.verify;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs VRFY and EXPN, and HELP. Set the optional bindings of {@link Directory}, to have anything to tell, and of
 * {@link VerifyConfig}, to change where.
 *
 * @since 0.1.0
 */
public final class VerifyModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), VerifyConfig.class)
                .setDefault()
                .toInstance(VerifyConfig.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), Directory.class).setDefault().toInstance(Directory.silent());
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(VerifyExtension.class);
        extensions.addBinding().to(HelpExtension.class);
    }
}
