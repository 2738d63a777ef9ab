package org.mailwright.smtp.ext.proxy;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import org.mailwright.smtp.core.extension.Extension;

/**
 * Installs XCLIENT, XFORWARD and PROXY. Set the optional binding of {@link ProxyConfig} to trust anybody; PROXY is on
 * those listeners only that name it.
 *
 * @since 0.1.0
 */
public final class ProxyModule extends AbstractModule {

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), ProxyConfig.class)
                .setDefault()
                .toInstance(ProxyConfig.DEFAULT);
        Multibinder<Extension> extensions = Multibinder.newSetBinder(binder(), Extension.class);
        extensions.addBinding().to(ProxyExtension.class);
        extensions.addBinding().to(XclientExtension.class);
        extensions.addBinding().to(XforwardExtension.class);
    }
}
