import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.mail.Body;
import org.mailwright.smtp.core.mail.OutgoingMail;
import org.mailwright.smtp.ext.proxy.ClientFacts;
import org.mailwright.smtp.ext.proxy.Fact;
import org.mailwright.smtp.ext.proxy.XclientExtension;
import org.mailwright.smtp.ext.proxy.XforwardExtension;

/**
 * Sends a mail to a port of this host and prints the reply: for a client at 192.0.2.7 by XCLIENT or, as the first word
 * says, with an origin of 192.0.2.8 by XFORWARD.
 */
final class SendForAnother {

    public static void main(String... words) throws Exception {
        Attributes server = Attributes.EMPTY;
        Attributes mail = Attributes.EMPTY;
        if (words[0].equals("XCLIENT")) {
            server = server.with(
                    XclientExtension.DESTINATION,
                    new ClientFacts(
                            Map.of(Fact.ADDR, "192.0.2.7", Fact.NAME, "spike.example.org", Fact.HELO, "a blank+plus")));
        } else {
            mail = mail.with(
                    XforwardExtension.ORIGIN,
                    new ClientFacts(
                            Map.of(Fact.ADDR, "192.0.2.8", Fact.NAME, "origin.example.org", Fact.PORT, "2500")));
        }
        try (SmtpClient client = SmtpClient.builder("client.example.org")
                .with(new XclientExtension())
                .with(new XforwardExtension())
                .build()) {
            System.out.println(client.send(
                            ServerAddress.of(words[1], Integer.parseInt(words[2]))
                                    .withSettings(server),
                            OutgoingMail.of(
                                            ReversePath.parse("<" + words[3] + ">"),
                                            List.of(ForwardPath.parse("<" + words[4] + ">")),
                                            Body.of(Path.of(words[5])))
                                    .withAttributes(mail))
                    .recipients()
                    .getFirst()
                    .outcome()
                    .reply());
        }
    }
}
