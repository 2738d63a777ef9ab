package org.mailwright.smtp.ext.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.transport.TlsPolicy;

class TlsModuleTest {

    private static final Key<Set<Extension>> EXTENSIONS = Key.get(new TypeLiteral<>() {});

    @TempDir
    Path folder;

    @Test
    void bindsTheExtensionAndBothContexts() throws Exception {
        TlsServerContext server =
                TlsServerContext.open(TlsServerConfig.of(new KeySource.SelfSigned(folder, "mx.test")));
        TlsClientContext client = TlsClientContext.open(TlsClientConfig.DEFAULTS);
        Injector injector = Guice.createInjector(new TlsModule(Optional.of(server), Optional.of(client)));
        assertSame(server, injector.getInstance(TlsPolicy.class));
        assertSame(server, injector.getInstance(TlsServerContext.class));
        assertSame(client, injector.getInstance(TlsClientContext.class));
        assertEquals(
                List.of("STARTTLS"),
                injector.getInstance(EXTENSIONS).stream().map(Extension::id).toList());
    }
}
