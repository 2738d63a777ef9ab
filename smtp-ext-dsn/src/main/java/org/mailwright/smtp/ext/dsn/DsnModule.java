package org.mailwright.smtp.ext.dsn;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.time.InstantSource;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs DSN and MTRK. Set the optional binding of {@link DsnConfig} to change how it is spoken to peers without DSN.
 *
 * @since 0.1.0
 */
public final class DsnModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), DsnConfig.class).setDefault().toInstance(DsnConfig.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), InstantSource.class)
                .setDefault()
                .toInstance(InstantSource.system());
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(DsnExtension.class);
        extensions.addBinding().to(MtrkExtension.class);
    }
}
