package org.mailwright.smtp.ext.schedule;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.time.InstantSource;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs DELIVERBY, FUTURERELEASE and MT-PRIORITY. Set the optional bindings of {@link DeliverByConfig},
 * {@link FutureReleaseConfig}, {@link MtPriorityConfig} and of the clock to change them.
 *
 * @since 0.1.0
 */
public final class ScheduleModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), InstantSource.class)
                .setDefault()
                .toInstance(InstantSource.system());
        OptionalBinder.newOptionalBinder(binder(), DeliverByConfig.class)
                .setDefault()
                .toInstance(DeliverByConfig.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), FutureReleaseConfig.class)
                .setDefault()
                .toInstance(FutureReleaseConfig.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), MtPriorityConfig.class)
                .setDefault()
                .toInstance(MtPriorityConfig.DEFAULT);
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(DeliverByExtension.class);
        extensions.addBinding().to(FutureReleaseExtension.class);
        extensions.addBinding().to(MtPriorityExtension.class);
    }
}
