package org.mailwright.smtp.ext.dsn;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs DSN. Set the optional binding of {@link DsnConfig} to change how it is spoken to peers without DSN.
 *
 * @since 0.1.0
 */
public final class DsnModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), DsnConfig.class).setDefault().toInstance(DsnConfig.DEFAULT);
        Multibinder.newSetBinder(binder(), Extension.class).addBinding().to(DsnExtension.class);
    }
}
