package org.mailwright.smtp.server.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.TraceClause;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;

class ReceivedFieldTest {

    private static String field(Attributes attributes, String... to) {
        Origin origin = new Origin(
                "s1",
                "mx",
                Role.MX,
                "mx.example.test",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                new Hello("client.test", true),
                Optional.empty(),
                Optional.empty());
        List<Recipient> recipients = Arrays.stream(to)
                .map(one -> Recipient.of(ForwardPath.parse(one)))
                .toList();
        Envelope envelope = new Envelope("m1", ReversePath.parse("<a@b.test>"), recipients, attributes, origin);
        return new String(ReceivedField.of(envelope, "DATE"), StandardCharsets.UTF_8);
    }

    @Test
    void hasTheClausesOfExtensionsBehindItsOwn() {
        Attributes urgent = TraceClause.add(Attributes.EMPTY, new TraceClause("PRIORITY", "-3"));
        String head = "Received: from client.test ([127.0.0.1])\r\n\tby mx.example.test with ESMTP id m1";
        assertEquals(head + "\r\n\tfor <b@c.test>; DATE\r\n", field(Attributes.EMPTY, "<b@c.test>"));
        assertEquals(head + "\r\n\tfor <b@c.test>\r\n\tPRIORITY -3; DATE\r\n", field(urgent, "<b@c.test>"));
        assertEquals(head + "\r\n\tPRIORITY -3; DATE\r\n", field(urgent, "<b@c.test>", "<d@c.test>"));
        assertEquals(head + ";\r\n\tDATE\r\n", field(Attributes.EMPTY, "<b@c.test>", "<d@c.test>"));
    }

    @ValueSource(strings = {"", "a b", "3;", "3\r\nX: y", "(3)", "\u00e9"})
    @ParameterizedTest
    void takesNoClauseThatWouldEndTheField(String value) {
        assertThrows(IllegalArgumentException.class, () -> new TraceClause("PRIORITY", value));
        assertThrows(IllegalArgumentException.class, () -> new TraceClause("A" + value + ";", "3"));
    }
}
