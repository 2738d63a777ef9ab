package org.mailwright.smtp.ext.content;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs 8BITMIME, CHUNKING, BINARYMIME, SMTPUTF8 and PRDR. Set the optional bindings of {@link EightBitMimeConfig},
 * {@link ChunkingConfig} and {@link SmtpUtf8Config} to change what a client does. A listener has those that its list of
 * extensions names, or all.
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
        OptionalBinder.newOptionalBinder(binder(), SmtpUtf8Config.class)
                .setDefault()
                .toInstance(SmtpUtf8Config.DEFAULT);
        OptionalBinder.newOptionalBinder(binder(), ConnegConfig.class)
                .setDefault()
                .toInstance(ConnegConfig.DEFAULT);
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(EightBitMimeExtension.class);
        extensions.addBinding().to(ChunkingExtension.class);
        extensions.addBinding().to(BinaryMimeExtension.class);
        extensions.addBinding().to(SmtpUtf8Extension.class);
        extensions.addBinding().to(ConnegExtension.class);
        extensions.addBinding().to(ConpermExtension.class);
        extensions.addBinding().to(PrdrExtension.class);
    }
}
