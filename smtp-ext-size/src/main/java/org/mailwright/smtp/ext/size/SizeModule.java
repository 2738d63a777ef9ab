package org.mailwright.smtp.ext.size;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs SIZE. Set the optional binding of {@link SizeConfig} to change the limit.
 *
 * @since 0.1.0
 */
public final class SizeModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), SizeConfig.class)
                .setDefault()
                .toInstance(SizeConfig.DEFAULT);
        Multibinder.newSetBinder(binder(), Extension.class).addBinding().to(SizeExtension.class);
    }
}
