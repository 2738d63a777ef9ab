package org.mailwright.smtp.examples;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import java.util.Optional;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.MessageSink;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.examples.vendor.RetainExtension;
import org.mailwright.smtp.ext.size.SizeModule;
import org.mailwright.smtp.ext.tls.TlsModule;
import org.mailwright.smtp.ext.tls.TlsServerContext;
import org.mailwright.smtp.server.SmtpListener;
import org.mailwright.smtp.server.SmtpServerConfig;
import org.mailwright.smtp.server.SmtpServerModule;
import org.mailwright.smtp.server.gate.LocalDomains;

/**
 * A server of three chosen extensions and no other, wired by Guice: SIZE, STARTTLS and a vendor's own.
 *
 * <p>Each extension is a module to install; the vendor's, which has none, is one line. What is not installed is not
 * there at all: VRFY is answered 500, {@code AUTH=} 555, and EHLO has three lines. Of what the server brings itself,
 * PIPELINING and ENHANCEDSTATUSCODES, this listener takes nothing, for {@link SmtpListener#only} names what it wants.
 * Ask the injector for {@code SmtpServer}, and start it.
 */
public final class ThreeExtensionsModule extends AbstractModule {

    private final String address;
    private final TlsServerContext tls;
    private final MessageSink sink;

    public ThreeExtensionsModule(String address, TlsServerContext tls, MessageSink sink) {
        this.address = address;
        this.tls = tls;
        this.sink = sink;
    }

    @Override
    protected void configure() {
        SmtpListener mx = SmtpListener.of("mx", Role.MX, "mx.example.test", address);
        SmtpServerConfig config = SmtpServerConfig.of(mx.only("SIZE", "STARTTLS", "X-RETAIN"));
        install(new SmtpServerModule(config, LocalDomains.of("example.test")));
        install(new SizeModule());
        install(new TlsModule(Optional.of(tls), Optional.empty()));
        Multibinder.newSetBinder(binder(), Extension.class).addBinding().toInstance(new RetainExtension(365));
        bind(MessageSink.class).toInstance(sink);
    }
}
