package org.mailwright.smtp.mailbox.alias;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mailwright.smtp.core.address.AddressLiteral;
import org.mailwright.smtp.core.address.ForwardPath;
import org.mailwright.smtp.core.address.ReversePath;
import org.mailwright.smtp.core.attribute.AttributeKey;
import org.mailwright.smtp.core.attribute.Attributes;
import org.mailwright.smtp.core.attribute.Scope;
import org.mailwright.smtp.core.mail.Envelope;
import org.mailwright.smtp.core.mail.Hello;
import org.mailwright.smtp.core.mail.NonBlocking;
import org.mailwright.smtp.core.mail.Origin;
import org.mailwright.smtp.core.mail.Recipient;
import org.mailwright.smtp.core.mail.Role;
import org.mailwright.smtp.core.reply.SmtpException;
import org.mailwright.smtp.mailbox.LocalDomains;
import org.mailwright.smtp.mailbox.LocalMailbox;
import org.mailwright.smtp.mailbox.LocalRecipients;
import org.mailwright.smtp.mailbox.UserDirectory;
import org.mailwright.smtp.queue.LaneName;
import org.mailwright.smtp.queue.Router;

/**
 * Users and aliases that the tests have in common: alice, bob and carol have mailboxes at example.test, dora at
 * shop.test; old.test is local too, and so is 192.0.2.1.
 */
final class Town {
    static final AttributeKey<String> NOTE = AttributeKey.of("note", Scope.RECIPIENT);
    static final Predicate<AddressLiteral> OWN = AddressLiteral.parse("[192.0.2.1]")::equals;

    private static final Set<String> USERS =
            Set.of("alice@example.test", "bob@example.test", "carol@example.test", "dora@shop.test");

    private Town() {}

    static LocalRecipients recipients() {
        return new LocalRecipients(
                LocalDomains.of(List.of("example.test", "shop.test", "old.test")),
                (UserDirectory & NonBlocking) mailbox -> USERS.contains(mailbox.toString()),
                new LocalMailbox("alice", "example.test"),
                "+");
    }

    static Aliases aliases(Path folder, String text) throws IOException {
        return Aliases.of(AliasTable.read(Files.writeString(folder.resolve("aliases"), text)));
    }

    /** All but refused.test is relayed, in the lane of its domain. */
    static List<Router.Route> relay(Envelope envelope, Recipient recipient) throws SmtpException {
        String path = recipient.path().path();
        String domain = path.substring(path.lastIndexOf('@') + 1, path.length() - 1);
        if (domain.equals("refused.test")) {
            throw SmtpException.of(550, "5.7.1", "Not there");
        }
        return List.of(Router.Route.of(recipient, new LaneName("relay", domain)));
    }

    static Envelope envelope(String sender, Recipient recipient) {
        return new Envelope(
                "m1",
                ReversePath.parse(sender),
                List.of(recipient),
                Attributes.EMPTY,
                new Origin(
                        "s1",
                        "mx",
                        Role.MX,
                        "mx.example.test",
                        InetSocketAddress.createUnresolved("client.test", 40_000),
                        new Hello("client.test", true),
                        Optional.empty(),
                        Optional.empty()));
    }

    static Recipient recipient(String address) {
        return new Recipient(ForwardPath.parse("<" + address + ">"), Attributes.EMPTY.with(NOTE, "kept"));
    }

    /** The ways of a mail of sender@far.test, each as {@code path lane owner note}; or what is said instead. */
    static List<String> ways(Router router, String address) throws IOException {
        return ways(router, "<sender@far.test>", address);
    }

    static List<String> ways(Router router, String sender, String address) throws IOException {
        Recipient recipient = recipient(address);
        try {
            return router.route(envelope(sender, recipient), recipient).stream()
                    .map(Town::text)
                    .toList();
        } catch (SmtpException e) {
            return List.of(e.reply().code() + " " + e.reply().enhanced().orElseThrow());
        }
    }

    private static String text(Router.Route route) {
        String path = route.recipient().path().path();
        return path.substring(1, path.length() - 1) + " " + route.lane()
                + route.reversePath().map(owner -> " " + owner.path()).orElse("")
                + route.recipient()
                        .attributes()
                        .get(NOTE)
                        .map(note -> " " + note)
                        .orElse("");
    }
}
