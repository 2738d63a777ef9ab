package org.mailwright.smtp.ext.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.client.SmtpClientBuilder;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

/**
 * What came of one mail that a client sent to a peer.
 *
 * @param outcomes one line per recipient
 * @param mail the MAIL lines
 * @param lines all that the peer was told
 * @param contents as on the wire, one char per octet
 */
record Sending(List<String> outcomes, List<String> mail, List<String> lines, List<String> contents) {

    static OutgoingMail mail(Body body) {
        return mail(body, "<a@client.example>", "<b@example.test>");
    }

    static OutgoingMail mail(Body body, String from, String... to) {
        return OutgoingMail.of(
                ReversePath.parse(from),
                Arrays.stream(to).map(ForwardPath::parse).toList(),
                body);
    }

    /** Returns a body, one octet per char. */
    static Body body(String octets) {
        return Body.of(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Sending to(PeerScript script, OutgoingMail mail, Extension... extensions)
            throws IOException, InterruptedException {
        try (ScriptedPeer peer = ScriptedPeer.start(script)) {
            SmtpClientBuilder builder = SmtpClient.builder("client.example");
            Stream.of(extensions).forEach(builder::with);
            MailResult result;
            try (SmtpClient client = builder.build()) {
                result = client.send(ServerAddress.of("127.0.0.1", peer.port()), mail);
            }
            List<String> outcomes = result.recipients().stream()
                    .map(each -> each.outcome().reply().toString())
                    .toList();
            List<String> mails = peer.lines().stream()
                    .filter(line -> line.startsWith("MAIL"))
                    .toList();
            List<String> contents = peer.contents().stream()
                    .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
                    .toList();
            return new Sending(outcomes, mails, peer.lines(), contents);
        }
    }

    /** Returns how many of the lines begin so. */
    long said(String verb) {
        return lines.stream().filter(line -> line.startsWith(verb)).count();
    }
}
