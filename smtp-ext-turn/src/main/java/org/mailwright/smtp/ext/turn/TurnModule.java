package org.mailwright.smtp.ext.turn;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.time.InstantSource;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs ETRN, ATRN and TURN. Set the optional bindings of {@link QueueFlusher} and {@link HeldMail}, to have mail,
 * and of {@link EtrnConfig}, to change who may ask.
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
        OptionalBinder.newOptionalBinder(binder(), HeldMail.class).setDefault().toInstance(HeldMail.none());
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(EtrnExtension.class);
        extensions.addBinding().to(AtrnExtension.class);
        extensions.addBinding().to(TurnExtension.class);
    }
}
