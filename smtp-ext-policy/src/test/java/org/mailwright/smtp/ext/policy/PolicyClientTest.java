package org.mailwright.smtp.ext.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.Mailbox;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

@Timeout(60)
class PolicyClientTest {

    private static final Instant THEN = Instant.parse("2014-04-03T23:01:00Z");

    private static Recipient recipient(String name, boolean reject) {
        return new Recipient(
                ForwardPath.parse("<" + name + "@example.test>"),
                Attributes.EMPTY.with(RrvsExtension.VALID_SINCE, new ValidSince(THEN, reject)));
    }

    /** What the peer heard of MAIL and RCPT, and what came of each recipient. */
    private static String sent(Extension extension, Attributes attributes, List<Recipient> to, String... keywords)
            throws Exception {
        return sentWith("x\r\n", extension, attributes, to, keywords);
    }

    private static String sentWith(
            String content, Extension extension, Attributes attributes, List<Recipient> to, String... keywords)
            throws Exception {
        OutgoingMail mail = new OutgoingMail(
                ReversePath.parse("<a@client.example>"),
                to,
                attributes,
                Body.of(content.getBytes(StandardCharsets.US_ASCII)));
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering(keywords));
                SmtpClient client =
                        SmtpClient.builder("client.example").with(extension).build()) {
            String outcomes = client.send(ServerAddress.of("127.0.0.1", peer.port()), mail).recipients().stream()
                    .map(one -> one.outcome().reply().code() + " "
                            + one.outcome()
                                    .reply()
                                    .enhanced()
                                    .map(Object::toString)
                                    .orElse(""))
                    .collect(Collectors.joining(", "));
            return peer.lines().stream()
                            .filter(line -> line.startsWith("MAIL") || line.startsWith("RCPT"))
                            .map(line -> line.substring(line.indexOf('>') + 1).strip())
                            .collect(Collectors.joining("|"))
                    + " -> " + outcomes;
        }
    }

    @Test
    void saysOfWhichClassTheMailIs() throws Exception {
        Attributes classes = Attributes.EMPTY.with(
                NoSolicitingExtension.SOLICIT, new Solicitations(List.of("net.example:ADV", "b")));
        List<Recipient> to = List.of(Recipient.of(ForwardPath.parse("<b@example.test>")));
        Extension extension = new NoSolicitingExtension();
        assertEquals(
                "SOLICIT=net.example:ADV,b| -> 250 2.0.0",
                sent(extension, classes, to, "NO-SOLICITING org.example:ADV"));
        assertEquals("SOLICIT=net.example:ADV,b| -> 250 2.0.0", sent(extension, classes, to, "NO-SOLICITING"));
        assertEquals("| -> 250 2.0.0", sent(extension, classes, to));
        assertEquals(" -> 550 5.7.1", sent(extension, classes, to, "NO-SOLICITING a,NET.EXAMPLE:adv"));
    }

    /** RFC 3865 §2.7. */
    @Test
    void readsInTheHeaderOfWhichClassTheMailIs() throws Exception {
        List<Recipient> to = List.of(Recipient.of(ForwardPath.parse("<b@example.test>")));
        Extension extension = new NoSolicitingExtension();
        String marked = "Subject: x\r\nSolicitation: net.example:ADV,\r\n b\r\n\r\nx\r\n";
        assertEquals(
                "SOLICIT=net.example:ADV,b| -> 250 2.0.0",
                sentWith(marked, extension, Attributes.EMPTY, to, "NO-SOLICITING"));
        assertEquals(
                " -> 550 5.7.1", sentWith(marked, extension, Attributes.EMPTY, to, "NO-SOLICITING net.example:ADV"));
        assertEquals("| -> 250 2.0.0", sentWith(marked, extension, Attributes.EMPTY, to));
        for (String unfit : List.of(
                "Solicitation: 1 2\r\n\r\nx\r\n",
                "Subject: x\r\n\r\nSolicitation: net.example:ADV\r\n",
                "Subject: x\n\nSolicitation: net.example:ADV\n",
                "Solicitation: a")) {
            String expected = unfit.endsWith(": a") ? "SOLICIT=a| -> 250 2.0.0" : "| -> 250 2.0.0";
            assertEquals(expected, sentWith(unfit, extension, Attributes.EMPTY, to, "NO-SOLICITING"));
        }
    }

    @Test
    void saysSinceWhenRecipientsAreValid() throws Exception {
        List<Recipient> to = List.of(recipient("b", true), recipient("c", false));
        Extension extension = new RrvsExtension();
        assertEquals(
                "|RRVS=2014-04-03T23:01:00Z;R|RRVS=2014-04-03T23:01:00Z;C -> 250 2.0.0, 250 2.0.0",
                sent(extension, Attributes.EMPTY, to, "RRVS"));
        assertEquals("| -> 550 5.7.19, 250 2.0.0", sent(extension, Attributes.EMPTY, to));
    }

    @Test
    void saysWhoIsResponsible() throws Exception {
        List<Recipient> to = List.of(Recipient.of(ForwardPath.parse("<b@example.test>")));
        Extension extension = new SubmitterExtension();
        Attributes known = Attributes.EMPTY.with(SubmitterExtension.SUBMITTER, Mailbox.parse("a+b@client.example"));
        assertEquals("SUBMITTER=a+2Bb@client.example| -> 250 2.0.0", sent(extension, known, to, "SUBMITTER"));
        assertEquals("| -> 250 2.0.0", sent(extension, known, to, "DSN"));
        String header = "Subject: x\r\nFrom: \"A <b>\" <a@client.example>\r\n\r\nFrom: c@client.example\r\n";
        assertEquals(
                "SUBMITTER=a@client.example| -> 250 2.0.0",
                sentWith(header, extension, Attributes.EMPTY, to, "SUBMITTER"));
        assertEquals("| -> 250 2.0.0", sent(extension, Attributes.EMPTY, to, "SUBMITTER"));
        assertEquals("| -> 250 2.0.0", sentWith(header, extension, Attributes.EMPTY, to, "DSN"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
        a@b.example                             | a@b.example
        <a@b.example>                           | a@b.example
        A B <a@b.example> (c (d) \\) <x@y.example>) | a@b.example
        (c) a@b.example                         | a@b.example
        "x@y.example, z" <"a, b"@b.example>     | "a, b"@b.example
        a@b.example, c@d.example                | none
        Team: a@b.example;                      | none
        A <a@b.example> B                       | none
        <a@b.example> <c@d.example>             | none
        A <a@b.example                          | none
        a@b.example>                            | none
        "a@b.example                            | none
        (a@b.example                            | none
        nobody                                  | none
        """)
    void readsTheOneMailboxOfAField(String value, String expected) {
        assertEquals(expected, FieldMailbox.read(value).map(Mailbox::toString).orElse("none"));
    }
}
