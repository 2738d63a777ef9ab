package org.mailwright.smtp.ext.auth.mechanism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import org.mailwright.smtp.ext.auth.sasl.Mechanism;
import org.mailwright.smtp.ext.auth.sasl.SaslContext;
import org.mailwright.smtp.ext.auth.sasl.SaslStep;
import org.mailwright.smtp.ext.auth.sasl.SecureChannel;
import org.mailwright.smtp.ext.auth.sasl.ServerExchange;
import org.mailwright.smtp.ext.auth.sasl.Username;

/** One exchange with a mechanism of the server, in the words of a test. */
final class Server {

    private final ServerExchange exchange;

    Server(Mechanism mechanism) {
        this(mechanism, SecureChannel.CLEAR, false);
    }

    Server(Mechanism mechanism, SecureChannel channel, boolean plusOffered) {
        this.exchange = mechanism.start(new SaslContext("mx.example.test", channel, plusOffered));
    }

    SaslStep open() throws IOException {
        return exchange.open();
    }

    SaslStep says(String response) throws IOException {
        return exchange.step(response.getBytes(UTF_8));
    }

    String asks(String response) throws IOException {
        return assertInstanceOf(SaslStep.Challenge.class, says(response)).text();
    }

    void accepts(String response, String user) throws IOException {
        assertEquals(new SaslStep.Success(Username.of(user), Username.of(user)), says(response));
    }

    void denies(String response) throws IOException {
        SaslStep.Failure failure = assertInstanceOf(SaslStep.Failure.class, says(response));
        assertEquals(SaslStep.Reason.CREDENTIALS, failure.reason(), failure.detail());
    }

    void rejects(String response) throws IOException {
        SaslStep.Failure failure = assertInstanceOf(SaslStep.Failure.class, says(response));
        assertEquals(SaslStep.Reason.MALFORMED, failure.reason(), failure.detail());
    }
}
