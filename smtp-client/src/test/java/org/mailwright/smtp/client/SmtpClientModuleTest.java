package org.mailwright.smtp.client;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

class SmtpClientModuleTest {

    @Test
    void bindsOneClient() throws Exception {
        Injector injector = Guice.createInjector(new SmtpClientModule(SmtpClientConfig.DEFAULTS));
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering());
                SmtpClient client = injector.getInstance(SmtpClient.class)) {
            assertSame(client, injector.getInstance(SmtpClient.class));
            OutgoingMail mail = OutgoingMail.of(
                    ReversePath.parse("<>"),
                    List.of(ForwardPath.parse("<Postmaster>")),
                    Body.of("x".getBytes(StandardCharsets.US_ASCII)));
            assertTrue(client.send(ServerAddress.of("127.0.0.1", peer.port()), mail)
                    .isAccepted());
        }
    }
}
