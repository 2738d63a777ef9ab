package org.mailwright.smtp.ext.limits;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs LIMITS. Set the optional binding of {@link LimitsConfig} to change the limits.
 *
 * @since 0.1.0
 */
public final class LimitsModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), LimitsConfig.class)
                .setDefault()
                .toInstance(LimitsConfig.DEFAULT);
        Multibinder.newSetBinder(binder(), Extension.class).addBinding().to(LimitsExtension.class);
    }
}
