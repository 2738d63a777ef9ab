package org.mailwright.smtp.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.mail.Acceptance;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.MailReader;
import org.mailwright.smtp.core.mail.MailResult;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.core.reply.Reply;

/**
 * Each mail is sent on to another server at once, and that server's answer is the answer.
 *
 * <p>A client has extensions like a server: {@code SmtpClient.builder("relay.example.test").with(new
 * RetainExtension())}. What a parameter of MAIL or RCPT has left in the envelope, the client half of the same extension
 * sends on where the next server offers its keyword; {@link OutgoingMail#of} takes it all along. A client without
 * {@code EightBitMimeExtension} refuses mail beyond US-ASCII, and so does this then.
 */
public final class Forwarder implements MailReader {

    private final SmtpClient client;
    private final ServerAddress next;

    public Forwarder(SmtpClient client, ServerAddress next) {
        this.client = client;
        this.next = next;
    }

    @Override
    public Reply read(Envelope envelope, InputStream content) throws IOException {
        Path file = Files.createTempFile("mail", ".eml");
        try {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            MailResult result = client.send(next, OutgoingMail.of(envelope, Body.of(file)));
            return new Acceptance(result.recipients().stream()
                            .map(recipient -> recipient.outcome().reply())
                            .toList())
                    .combined();
        } catch (InterruptedException e) {
            throw new IOException("interrupted while sending", e);
        } finally {
            Files.delete(file);
        }
    }
}
