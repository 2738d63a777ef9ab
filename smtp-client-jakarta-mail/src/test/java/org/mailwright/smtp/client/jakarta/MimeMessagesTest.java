package org.mailwright.smtp.client.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.testkit.PeerScript;
import org.mailwright.smtp.testkit.ScriptedPeer;

class MimeMessagesTest {

    private static MimeMessage message() throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("Ann <ann@example.net>");
        message.setRecipients(Message.RecipientType.TO, "bob@example.org, Team: carl@example.org, dora@example.org;");
        message.setRecipients(Message.RecipientType.BCC, "eve@example.org");
        message.setSubject("Grüße");
        message.setText("a\n.\nb\n");
        message.saveChanges();
        return message;
    }

    @Test
    void sendsAMessage() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.start(PeerScript.offering("PIPELINING", "8BITMIME"));
                SmtpClient client = SmtpClient.builder("me.example.net").build()) {
            OutgoingMail mail = MimeMessages.mail(message());
            assertTrue(client.send(ServerAddress.of("127.0.0.1", peer.port()), mail)
                    .isAccepted());
            assertEquals(
                    List.of(
                            "MAIL FROM:<ann@example.net>",
                            "RCPT TO:<bob@example.org>",
                            "RCPT TO:<carl@example.org>",
                            "RCPT TO:<dora@example.org>",
                            "RCPT TO:<eve@example.org>",
                            "DATA"),
                    peer.lines().subList(1, 7));
            String content = new String(peer.contents().get(0), StandardCharsets.UTF_8);
            assertTrue(content.contains("\r\na\r\n..\r\nb\r\n"), content);
            assertFalse(content.contains("eve"), content);
        }
    }

    @Test
    void takesTheSenderBeforeTheAuthor() throws Exception {
        MimeMessage message = message();
        message.setSender(new InternetAddress("secretary@example.net"));
        assertEquals(
                "<secretary@example.net>",
                MimeMessages.mail(message).reversePath().path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b\r\nRCPT TO:<evil@x>", "a@b> SIZE=1", "a b@c", "a@b\nDATA", "a"})
    void refusesAddressesThatAreNone(String address) throws Exception {
        MimeMessage message = message();
        InternetAddress bad = new InternetAddress();
        bad.setAddress(address);
        message.setSender(bad);
        assertThrows(MessagingException.class, () -> MimeMessages.mail(message));
    }

    @Test
    void refusesAMessageWithoutRecipient() throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("ann@example.net");
        message.setText("x");
        message.saveChanges();
        assertThrows(MessagingException.class, () -> MimeMessages.mail(message));
    }
}
