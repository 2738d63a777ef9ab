package org.mailwright.smtp.ext.turn;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.time.InstantSource;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs ETRN. Set the optional binding of {@link QueueFlusher}, to have a queue, and of {@link EtrnConfig}, to
 * change who may ask.
 *
 * @since 0.1.0
 */
public final class TurnModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), EtrnConfig.class)
                .setDefault()
                .toInstance(EtrnConfig.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), QueueFlusher.class)
                .setDefault()
                .toInstance(QueueFlusher.none());
        OptionalBinder.newOptionalBinder(binder(), InstantSource.class)
                .setDefault()
                .toInstance(InstantSource.system());
        Multibinder.newSetBinder(binder(), Extension.class).addBinding().to(EtrnExtension.class);
    }
}
