package org.mailwright.smtp.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailwright.smtp.client.SmtpClientConfig;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.dns.MailDns;
import org.mailwright.smtp.dns.MapDns;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class RelayModuleTest {

    private static RelayModule module(RelayConfig relay) {
        return new RelayModule(
                SmtpClientConfig.DEFAULTS, relay, level -> Attributes.EMPTY, domain -> TlsLevel.OPPORTUNISTIC);
    }

    @Test
    void bindsARelay() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering())) {
            MapDns dns = new MapDns().mx("d.test", 1, "mx.d.test").host("mx.d.test", "127.0.0.1");
            Injector injector = Guice.createInjector(
                    module(RelayConfig.DEFAULTS.withPrivateAddresses(true).withPort(peer.port())),
                    new AbstractModule() {
                        @Override
                        protected void configure() {
                            bind(MailDns.class).toInstance(dns);
                        }
                    });
            try (RelayClient client = injector.getInstance(RelayClient.class)) {
                assertSame(client, injector.getInstance(RelayClient.class));
                assertSame(injector.getInstance(MxDeliverer.class), injector.getInstance(MxDeliverer.class));
                assertTrue(injector.getInstance(MxSender.class)
                        .send(RealTls.mail())
                        .isAccepted());
            }
            assertEquals(1, peer.contents().size());
        }
    }

    @Test
    void needsADns() {
        assertThrows(CreationException.class, () -> Guice.createInjector(module(RelayConfig.DEFAULTS)));
    }
}
