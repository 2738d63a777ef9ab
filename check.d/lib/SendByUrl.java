import java.util.List;
import org.mailwright.smtp.client.ServerAddress;
import org.mailwright.smtp.client.SmtpClient;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.ext.auth.AuthExtension;
import org.mailwright.smtp.ext.auth.client.ClientCredentials;
import org.mailwright.smtp.ext.auth.sasl.Secret;
import org.mailwright.smtp.ext.burl.BurlExtension;
import org.mailwright.smtp.ext.burl.ImapUrl;
import org.mailwright.smtp.ext.content.EightBitMimeExtension;

/** Logs in at a port of this host, gives a mail by the URL of its content, and prints the reply. */
final class SendByUrl {

    public static void main(String... words) throws Exception {
        int port = Integer.parseInt(words[0]);
        Attributes login = Attributes.EMPTY
                .with(AuthExtension.CREDENTIALS, new ClientCredentials.Password(words[1], Secret.of(words[2])))
                .with(AuthExtension.PLAIN_TEXT_IN_CLEAR, true);
        try (SmtpClient client = SmtpClient.builder("client.example.org")
                .with(new AuthExtension())
                .with(new EightBitMimeExtension())
                .with(new BurlExtension())
                .build()) {
            System.out.println(client.send(
                            ServerAddress.of("127.0.0.1", port).withSettings(login),
                            BurlExtension.mail(
                                    ReversePath.parse("<" + words[1] + ">"),
                                    List.of(ForwardPath.parse("<" + words[3] + ">")),
                                    ImapUrl.of(words[4]).orElseThrow()))
                    .recipients()
                    .getFirst()
                    .outcome()
                    .reply());
        }
    }
}
