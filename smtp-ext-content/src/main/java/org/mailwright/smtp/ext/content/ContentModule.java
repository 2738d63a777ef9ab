package org.mailwright.smtp.ext.content;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs the extensions of this package. Set the optional bindings of {@link EightBitMimeConfig} and
 * {@link ChunkingConfig} to change what a client does.
 *
 * @since 0.1.0
 */
public final class ContentModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), EightBitMimeConfig.class)
                .setDefault()
                .toInstance(EightBitMimeConfig.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), ChunkingConfig.class)
                .setDefault()
                .toInstance(ChunkingConfig.DEFAULT);
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(EightBitMimeExtension.class);
        extensions.addBinding().to(ChunkingExtension.class);
        extensions.addBinding().to(BinaryMimeExtension.class);
    }
}
