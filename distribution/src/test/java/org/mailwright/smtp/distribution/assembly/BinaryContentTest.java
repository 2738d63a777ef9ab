package org.mailwright.smtp.distribution.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Outcome;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.reply.Reply;
import org.mailwright.smtp.ext.content.BodyType;
import org.mailwright.smtp.queue.DeliveryRequest;
import org.mailwright.smtp.queue.DeliveryResult;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Message;
import org.mailwright.smtp.queue.Provenance;

/** Binary mails in mailboxes of lines (RFC 3030 section 3). */
class BinaryContentTest {
    private static final String BINARY = "Content-Type: image/x\r\nContent-Transfer-Encoding: binary\r\n\r\n\0\n\r\n\r";

    private final List<Body> delivered = new ArrayList<>();

    private List<DeliveryResult> deliver(BodyType type, Body body) throws InterruptedException {
        Message message = new Message(
                "m1",
                ReversePath.parse("<a@client.example>"),
                Attributes.EMPTY.with(BodyType.KEY, type),
                Provenance.local("test"),
                Instant.EPOCH,
                Instant.EPOCH,
                0);
        BinaryContent content = new BinaryContent(request -> {
            delivered.add(request.content());
            return DeliveryResult.all(
                    request, DeliveryResult.local(new Outcome.Accepted(Reply.of(250, "2.0.0", "Stored"))));
        });
        return content.deliver(new DeliveryRequest(
                message,
                new LaneName("local", "example.test"),
                message.reversePath(),
                List.of(Recipient.of(ForwardPath.parse("<b@example.test>"))),
                body,
                () -> true));
    }

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(Body body) {
        try (InputStream in = body.open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void losesNoOctet() throws Exception {
        deliver(BodyType.BINARY_MIME, body(BINARY));
        assertEquals("""
            Content-Type: image/x\r
            Content-Transfer-Encoding: base64\r
            MIME-Version: 1.0\r
            \r
            AAoNCg0=\r
            """, text(delivered.getFirst()));
    }

    @Test
    void leavesLinesAlone() throws Exception {
        Body lines = body("Subject: x\r\n\r\nx\r\n");
        deliver(BodyType.EIGHT_BIT_MIME, lines);
        assertSame(lines, delivered.getFirst());
    }

    @Test
    void givesBackWhatMustNotBeEncoded() throws Exception {
        List<DeliveryResult> results = deliver(
                BodyType.BINARY_MIME, body("Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n\0\r\n--b--"));
        assertEquals(List.of(), delivered);
        assertEquals(554, results.getFirst().outcome().reply().code());
    }

    @Test
    void triesAgainWhatCannotBeRead() throws Exception {
        List<DeliveryResult> results = deliver(BodyType.BINARY_MIME, Body.of(OptionalLong.empty(), () -> {
            throw new IOException("the disk is away");
        }));
        assertEquals(451, results.getFirst().outcome().reply().code());
    }
}
