package org.mailwright.smtp.ext.burl;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs BURL. Set the optional binding of {@link BurlConfig}: without servers it is not offered.
 *
 * @since 0.1.0
 */
public final class BurlModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), BurlConfig.class)
                .setDefault()
                .toInstance(BurlConfig.DEFAULT);
        Multibinder.newSetBinder(binder(), Extension.class).addBinding().to(BurlExtension.class);
    }
}
